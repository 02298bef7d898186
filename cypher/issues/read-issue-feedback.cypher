// Feedback of one issue, the newest first.
//
// Params   $issueId  STRING
//          $limit    INTEGER
// Returns  one row a feedback
MATCH (feedback:Feedback)-[raised:RAISED]->(issue:Issue {id: $issueId})
WITH feedback, raised, issue
ORDER BY feedback.receivedAt DESC, feedback.id
LIMIT toInteger($limit)
OPTIONAL MATCH (feedback)-[:TRIAGED_AS]->(triage:Triage)
RETURN feedback.id AS feedbackId, feedback.channel AS channel, feedback.occurredAt AS occurredAt, feedback.receivedAt AS receivedAt,
       feedback.text AS text, feedback.language AS language, triage.severity AS severity, feedback.vehicleId AS vehicleId,
       coalesce(feedback.responded, false) AS responded, raised.path AS path,
       head(COLLECT {
         MATCH (feedback)-[:DUPLICATE_OF]->(earlier:Feedback)-[:RAISED]->(issue)
         RETURN earlier.id ORDER BY earlier.receivedAt, earlier.id LIMIT 1
       }) AS duplicateOf
