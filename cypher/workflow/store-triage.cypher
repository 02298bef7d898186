// Keeps the triage of some feedback, which was compared in the same transaction; a later one of changed content replaces it.
//
// Params   $triages   LIST<MAP> feedbackId, feedbackSha256, content (JSON), vocabularyVersion (STRING), qualityIssue (BOOLEAN), severity (INTEGER or
//                     null), hazards (LIST<STRING>), component, symptom, model (STRING or null, the class it was filed under; the model in lower case)
//          $at        STRING, instant of triage
// Returns  one row a feedback that is there
UNWIND $triages AS row
MATCH (feedback:Feedback {id: row.feedbackId})
MERGE (triage:Triage {id: row.feedbackId})
SET triage.content = row.content, triage.feedbackSha256 = row.feedbackSha256, triage.triagedAt = $at,
    triage.vocabularyVersion = row.vocabularyVersion, triage.qualityIssue = row.qualityIssue, triage.severity = toInteger(row.severity),
    triage.hazards = row.hazards, triage.component = row.component, triage.symptom = row.symptom, triage.model = row.model,
    triage.receivedAt = feedback.receivedAt, triage.vehicleId = feedback.vehicleId
REMOVE feedback.compare
// A later version may have been triaged while an earlier one was still on its way: what was stored last must not stand, so the sweep makes it anew.
SET feedback.awaitsTriage = CASE WHEN feedback.contentSha256 <> row.feedbackSha256 THEN true END
MERGE (feedback)-[:TRIAGED_AS]->(triage)
RETURN triage.id AS feedbackId
