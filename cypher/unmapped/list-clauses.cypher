// The queue: clauses that no key fits, newest first.
//
// Params   $asOf   STRING, instant; what was received later is left out
//          $k      INTEGER, 1..50000
// Returns  at most $k rows
// Index    unmapped_clause_received_at
MATCH (clause:UnmappedClause)-[:LEFT_BY]->(feedback:Feedback)
WHERE clause.receivedAt <= $asOf AND NOT EXISTS { (feedback)-[:DUPLICATE_OF]->(:Feedback) }
WITH clause, feedback ORDER BY clause.receivedAt DESC, clause.id LIMIT toInteger($k)
RETURN clause.id AS clauseId, clause.text AS text, clause.language AS language, clause.components AS components, clause.receivedAt AS receivedAt,
       clause.vehicleId AS vehicleId, feedback.id AS feedbackId
