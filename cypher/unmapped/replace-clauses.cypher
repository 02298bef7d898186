// Puts the unmapped clauses of some feedback in the place of those gathered before, unless the text has changed since it was read.
//
// Params   $rows   LIST<{feedbackId, textSha256, receivedAt, vehicleId, vocabularyVersion, clauses: LIST<{id, text, language, components}>}>
// Returns  nothing
UNWIND $rows AS row
MATCH (feedback:Feedback {id: row.feedbackId})
WHERE feedback.textSha256 = row.textSha256
REMOVE feedback.gather
WITH feedback, row
CALL (feedback) {
  MATCH (old:UnmappedClause)-[:LEFT_BY]->(feedback)
  DETACH DELETE old
}
WITH feedback, row
UNWIND row.clauses AS clause
MERGE (kept:UnmappedClause {id: clause.id})
SET kept.text = clause.text, kept.language = clause.language, kept.components = clause.components, kept.receivedAt = row.receivedAt,
    kept.vehicleId = row.vehicleId, kept.vocabularyVersion = row.vocabularyVersion
MERGE (kept)-[:LEFT_BY]->(feedback)
