// Ties candidates to the plants they blame.
//
// Params   $blames   LIST<MAP> candidateId, nodeId
// Returns  nothing
UNWIND $blames AS row
MATCH (candidate:Candidate {id: row.candidateId})
MATCH (node:Plant {id: row.nodeId})
MERGE (candidate)-[:BLAMES]->(node)
