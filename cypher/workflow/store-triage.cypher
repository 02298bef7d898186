// Keeps the triage of one feedback; a later one of changed content replaces it.
//
// Params   $feedbackId, $feedbackSha256, $content (JSON), $triagedAt, $vocabularyVersion   STRING
//          $qualityIssue  BOOLEAN
//          $severity      INTEGER or null
//          $hazards       LIST<STRING>
//          $component, $symptom, $model   STRING or null, the class it was filed under; the model in lower case
// Returns  one row
MATCH (feedback:Feedback {id: $feedbackId})
MERGE (triage:Triage {id: $feedbackId})
SET triage.content = $content, triage.feedbackSha256 = $feedbackSha256, triage.triagedAt = $triagedAt,
    triage.vocabularyVersion = $vocabularyVersion, triage.qualityIssue = $qualityIssue, triage.severity = toInteger($severity),
    triage.hazards = $hazards, triage.component = $component, triage.symptom = $symptom, triage.model = $model,
    triage.receivedAt = feedback.receivedAt, triage.vehicleId = feedback.vehicleId
MERGE (feedback)-[:TRIAGED_AS]->(triage)
RETURN triage.id AS triageId
