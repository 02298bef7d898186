// The case that verified suggestions of an issue became.
//
// Params   $issueId, $caseId   STRING
// Returns  one row
MATCH (issue:Issue {id: $issueId})
MATCH (past:Case {id: $caseId})
MERGE (issue)-[:TAUGHT]->(past)
RETURN past.id AS caseId
