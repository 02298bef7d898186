// What is written of the software some cars ran.
//
// Params   $ids   LIST<STRING>
// Returns  one row a car; runs are [module, version, from, to]
UNWIND $ids AS id
MATCH (v:Vehicle {id: id})
RETURN v.id AS id,
       COLLECT { MATCH (v)-[ran:RAN]->(release:SoftwareRelease) RETURN [ran.module, release.version, ran.from, ran.to] } AS runs
