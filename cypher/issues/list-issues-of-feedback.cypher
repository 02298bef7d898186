// The issues some feedback raised.
//
// Params   $feedbackIds  LIST<STRING>
// Returns  one row an issue
MATCH (feedback:Feedback)-[:RAISED]->(issue:Issue)
WHERE feedback.id IN $feedbackIds
RETURN DISTINCT issue.id AS issueId
ORDER BY issueId
