// What a car carries at an instant: part numbers, lots, their suppliers, software.
//
// Params   $vehicleId  STRING
//          $at         STRING, canonical UTC
// Returns  one row, none where the car is not known
MATCH (vehicle:Vehicle {id: $vehicleId})
RETURN COLLECT {
         MATCH (vehicle)-[built:BUILT_WITH]->(lot:PartLot)
         WHERE coalesce(built.from, '') <= $at AND (built.to IS NULL OR built.to > $at) AND NOT lot.id ENDS WITH '/unknown'
         RETURN DISTINCT lot.id AS id ORDER BY id
       } AS lots,
       COLLECT {
         MATCH (vehicle)-[built:BUILT_WITH]->(:PartLot)-[:LOT_OF]->(part:Part)
         WHERE coalesce(built.from, '') <= $at AND (built.to IS NULL OR built.to > $at)
         RETURN DISTINCT part.id AS id ORDER BY id
       } AS parts,
       COLLECT {
         MATCH (vehicle)-[built:BUILT_WITH]->(:PartLot)-[:SUPPLIED_BY]->(supplier:Supplier)
         WHERE coalesce(built.from, '') <= $at AND (built.to IS NULL OR built.to > $at)
         RETURN DISTINCT supplier.id AS id ORDER BY id
       } AS suppliers,
       COLLECT {
         MATCH (vehicle)-[ran:RAN]->(release:SoftwareRelease)
         WHERE coalesce(ran.from, '') <= $at AND (ran.to IS NULL OR ran.to > $at)
         RETURN DISTINCT release.id AS id ORDER BY id
       } AS releases
