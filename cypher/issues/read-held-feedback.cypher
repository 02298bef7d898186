// Feedback that an issue holds, with the class, severity and hazards of its triage.
//
// Params   $issueId  STRING
// Returns  one row a feedback, by receipt
MATCH (feedback:Feedback)-[raised:RAISED]->(:Issue {id: $issueId})
OPTIONAL MATCH (feedback)-[:TRIAGED_AS]->(triage:Triage)
RETURN feedback.id AS feedbackId, feedback.receivedAt AS receivedAt, coalesce(raised.path, []) AS path, triage.component AS component,
       triage.symptom AS symptom, coalesce(triage.model, toLower(feedback.model)) AS model, triage.severity AS severity,
       coalesce(triage.hazards, []) AS hazards
ORDER BY receivedAt, feedbackId
