// The triage kept for some feedback, and the issue each raised.
//
// Params   $feedbackIds  LIST<STRING>
// Returns  one row a feedback that has one; content is the JSON of the API contract's `triage`
UNWIND $feedbackIds AS feedbackId
MATCH (feedback:Feedback {id: feedbackId})-[:TRIAGED_AS]->(triage:Triage)
OPTIONAL MATCH (feedback)-[:RAISED]->(issue:Issue)
WITH triage, issue
ORDER BY issue.openedAt, issue.id
WITH triage, collect(issue.id) AS issueIds
RETURN triage.id AS feedbackId, triage.content AS content, triage.feedbackSha256 AS feedbackSha256, issueIds[0] AS issueId
