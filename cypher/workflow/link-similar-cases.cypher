// Ties an issue to the past cases its feedback resembles, with the best score seen.
//
// Params   $issueId  STRING
//          $cases    LIST<{caseId STRING, score FLOAT, facets STRING (JSON)}>
// Returns  nothing
MATCH (issue:Issue {id: $issueId})
UNWIND $cases AS similar
MATCH (past:Case {id: similar.caseId})
MERGE (issue)-[likeness:LOOKS_LIKE]->(past)
WITH likeness, similar
WHERE likeness.score IS NULL OR likeness.score < similar.score
SET likeness.score = similar.score, likeness.facets = similar.facets
