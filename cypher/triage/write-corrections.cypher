// Puts what evidence says beside what owners said, in the place of earlier corrections; none given takes them back. A record that changed
// meanwhile is left for the next time.
//
// Params   $rows   LIST<MAP> feedbackId, contentSha256, corrections: LIST<MAP> id, component, symptom, confidence, method (dtc, repair), by, knownAt,
//                  spanStart, spanEnd, saidId (the owner's finding, or null)
// Returns  nothing
UNWIND $rows AS row
MATCH (record:Feedback {id: row.feedbackId})
WHERE coalesce(record.contentSha256, '') = row.contentSha256
CALL (record) { MATCH (record)-[:HOLDS]->(old:Finding) WHERE old.by IS NOT NULL DETACH DELETE old }
CALL (record) { MATCH (record)-[:HOLDS]->(said:Finding) SET said.correctedBy = null, said.correctedAt = null }
WITH record, row
UNWIND row.corrections AS correction
CREATE (record)-[:HOLDS]->(found:Finding {id: correction.id, spanStart: toInteger(correction.spanStart), spanEnd: toInteger(correction.spanEnd),
  confidence: correction.confidence, method: correction.method, negated: false, past: false, hypothetical: false,
  vocabularyVersion: correction.vocabularyVersion, by: correction.by, knownAt: correction.knownAt})
WITH record, correction, found
CALL (found, correction) { MATCH (symptom:Symptom {id: correction.symptom}) CREATE (found)-[:SHOWS]->(symptom) }
CALL (found, correction) { MATCH (component:Component {id: correction.component}) CREATE (found)-[:CONCERNS]->(component) }
CALL (record, correction) {
  MATCH (record)-[:HOLDS]->(said:Finding {id: correction.saidId})
  SET said.correctedBy = correction.id, said.correctedAt = correction.knownAt
}
