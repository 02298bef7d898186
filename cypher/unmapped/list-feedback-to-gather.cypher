// Feedback whose unmapped clauses are still to be gathered, or were gathered with another vocabulary.
//
// Params   $vocabularyVersion   STRING
//          $k                   INTEGER, 1..2000
// Returns  at most $k rows
// Index    feedback_gather, unmapped_clause_version
CALL () {
  MATCH (feedback:Feedback {gather: true})
  RETURN feedback LIMIT toInteger($k)
  UNION
  MATCH (clause:UnmappedClause)-[:LEFT_BY]->(feedback:Feedback)
  WHERE clause.vocabularyVersion < $vocabularyVersion OR clause.vocabularyVersion > $vocabularyVersion
  RETURN DISTINCT feedback LIMIT toInteger($k)
}
WITH feedback LIMIT toInteger($k)
RETURN feedback.id AS feedbackId, feedback.text AS text, feedback.language AS language, feedback.receivedAt AS receivedAt,
       feedback.vehicleId AS vehicleId, feedback.textSha256 AS textSha256
