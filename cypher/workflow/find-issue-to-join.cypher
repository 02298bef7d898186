// The issue a feedback has raised before, and the open issue of its class that was active near its time.
//
// Params   $feedbackId   STRING
//          $classId      STRING
//          $from, $to    STRING, instants between which the issue's activity must touch
//          $finalStates  LIST<STRING>, states that take no further feedback
// Returns  one row; issuesOfClass counts all, whatever their state
MATCH (feedback:Feedback {id: $feedbackId})
OPTIONAL MATCH (feedback)-[:RAISED]->(raised:Issue)
WITH collect(raised.id) AS raisedIds
OPTIONAL MATCH (ofClass:Issue)-[:OF_CLASS]->(:IssueClass {id: $classId})
WITH raisedIds, ofClass
ORDER BY ofClass.lastActivityAt DESC, ofClass.id
WITH raisedIds, count(ofClass) AS issuesOfClass,
     [issue IN collect(ofClass)
      WHERE NOT issue.state IN $finalStates AND issue.lastActivityAt >= $from AND issue.openedAt <= $to | issue.id] AS openIds
RETURN raisedIds[0] AS raisedId, openIds[0] AS openId, issuesOfClass AS issuesOfClass
