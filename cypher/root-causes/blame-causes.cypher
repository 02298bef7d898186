// Ties candidates to the past case they come from, and to its cause.
//
// Params   $cases   LIST<MAP> candidateId, caseId
// Returns  nothing
UNWIND $cases AS row
MATCH (candidate:Candidate {id: row.candidateId})
MATCH (past:Case {id: row.caseId})
MERGE (candidate)-[:CITES]->(past)
WITH candidate, past
MATCH (past)-[:CAUSED_BY]->(cause:Cause)
MERGE (candidate)-[:BLAMES]->(cause)
