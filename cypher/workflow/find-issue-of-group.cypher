// The open issue of the reports that a feedback is told twice of, or of the same problem as; the latest active one where there are several.
//
// Params   $feedbackId   STRING
//          $finalStates  LIST<STRING>, states that take no further feedback
// Returns  at most one row
MATCH (feedback:Feedback {id: $feedbackId})-[:DUPLICATE_OF|SAME_ISSUE_AS*1..2]-(member:Feedback)-[:RAISED]->(issue:Issue)
WHERE member.id <> $feedbackId AND NOT issue.state IN $finalStates AND NOT EXISTS { (member)-[:DISTINCT_FROM]-(feedback) }
RETURN issue.id AS issueId
ORDER BY issue.lastActivityAt DESC, issue.id
LIMIT 1
