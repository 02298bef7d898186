// Holds a feedback and those told twice or of the same problem to the end of the transaction, so that of a group that arrives together one opens the
// issue.
//
// Params   $feedbackId  STRING
// Returns  nothing
MATCH (:Feedback {id: $feedbackId})-[:DUPLICATE_OF|SAME_ISSUE_AS*0..2]-(member:Feedback)
WITH DISTINCT member
ORDER BY member.id
SET member.held = true
REMOVE member.held
