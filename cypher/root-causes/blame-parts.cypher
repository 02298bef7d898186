// Ties candidates to the part numbers they blame.
//
// Params   $blames   LIST<MAP> candidateId, nodeId
// Returns  nothing
UNWIND $blames AS row
MATCH (candidate:Candidate {id: row.candidateId})
MATCH (node:Part {id: row.nodeId})
MERGE (candidate)-[:BLAMES]->(node)
