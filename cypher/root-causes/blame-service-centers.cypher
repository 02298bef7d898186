// Ties candidates to the service centres they blame.
//
// Params   $blames   LIST<MAP> candidateId, nodeId
// Returns  nothing
UNWIND $blames AS row
MATCH (candidate:Candidate {id: row.candidateId})
MATCH (node:ServiceCenter {id: row.nodeId})
MERGE (candidate)-[:BLAMES]->(node)
