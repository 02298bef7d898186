// Ties candidates to the suppliers they blame.
//
// Params   $blames   LIST<MAP> candidateId, nodeId
// Returns  nothing
UNWIND $blames AS row
MATCH (candidate:Candidate {id: row.candidateId})
MATCH (node:Supplier {id: row.nodeId})
MERGE (candidate)-[:BLAMES]->(node)
