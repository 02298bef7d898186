// Ties candidates to the software versions they blame.
//
// Params   $blames   LIST<MAP> candidateId, nodeId
// Returns  nothing
UNWIND $blames AS row
MATCH (candidate:Candidate {id: row.candidateId})
MATCH (node:SoftwareRelease {id: row.nodeId})
MERGE (candidate)-[:BLAMES]->(node)
