// Ranked candidates of one analysis.
//
// Params   $analysisId  STRING
// Returns  one row a candidate, best first
MATCH (:Analysis {id: $analysisId})-[ranked:RANKED]->(candidate:Candidate)
RETURN candidate.id AS candidateId, ranked.rank AS rank, candidate.kind AS kind, candidate.statement AS statement, candidate.confidence AS confidence
ORDER BY rank
LIMIT 10
