// Software runs of cars, nested lists.
//
// Params   $vehicles   LIST<MAP> id, runs: LIST of [releaseId, module, channel, observed, from, to]
// Returns  nothing
UNWIND $vehicles AS row
MATCH (v:Vehicle {id: row.id})
SET v.changedAt = timestamp()
WITH v, row
UNWIND row.runs AS run
MATCH (release:SoftwareRelease {id: run[0]})
CREATE (v)-[:RAN {module: run[1], channel: run[2], observed: run[3], from: run[4], to: run[5]}]->(release)
