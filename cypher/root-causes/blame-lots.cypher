// Ties candidates to the lots they blame.
//
// Params   $blames   LIST<MAP> candidateId, nodeId
// Returns  nothing
UNWIND $blames AS row
MATCH (candidate:Candidate {id: row.candidateId})
MATCH (node:PartLot {id: row.nodeId})
MERGE (candidate)-[:BLAMES]->(node)
