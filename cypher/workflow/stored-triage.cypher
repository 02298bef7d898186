// The triage kept for one feedback, and the issue it raised.
//
// Params   $feedbackId  STRING
// Returns  at most one row; content is the JSON of the API contract's `triage`
MATCH (feedback:Feedback {id: $feedbackId})-[:TRIAGED_AS]->(triage:Triage)
OPTIONAL MATCH (feedback)-[:RAISED]->(issue:Issue)
WITH triage, issue
ORDER BY issue.openedAt, issue.id
WITH triage, collect(issue.id) AS issueIds
RETURN triage.content AS content, triage.feedbackSha256 AS feedbackSha256, issueIds[0] AS issueId
