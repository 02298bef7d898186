// When somebody first answered a feedback of an issue, as far as that is known.
//
// Params   $issueId  STRING
// Returns  at most one row
MATCH (feedback:Feedback {responded: true})-[:RAISED]->(:Issue {id: $issueId})
RETURN feedback.id AS feedbackId, feedback.respondedAt AS respondedAt
ORDER BY respondedAt, feedback.receivedAt
LIMIT 1
