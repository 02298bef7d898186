// Takes the locks of some issues, of their classes and of their feedback for the rest of the transaction: classes first, as arriving feedback does.
//
// Params   $issueIds  LIST<STRING>
//          $at        STRING, instant
// Returns  one row an issue that is there
CALL () {
  MATCH (held:Issue)-[:OF_CLASS]->(class:IssueClass)
  WHERE held.id IN $issueIds
  WITH DISTINCT class
  ORDER BY class.id
  SET class.touchedAt = $at
  RETURN count(*) AS classes
}
CALL () {
  MATCH (feedback:Feedback)-[:RAISED]->(held:Issue)
  WHERE held.id IN $issueIds
  WITH DISTINCT feedback
  ORDER BY feedback.id
  SET feedback.held = true
  REMOVE feedback.held
  RETURN count(*) AS feedback
}
MATCH (issue:Issue)
WHERE issue.id IN $issueIds
WITH issue, classes, feedback
ORDER BY issue.id
SET issue.touchedAt = $at
RETURN issue.id AS issueId, classes AS classes, feedback AS feedback
