// The issue a feedback has raised before, and the open issue of its class that was active near its time. An issue that was merged stands for the one
// it was merged into.
//
// Params   $feedbackId   STRING
//          $classId      STRING
//          $from, $to    STRING, instants between which the issue's activity must touch
//          $finalStates  LIST<STRING>, states that take no further feedback
// Returns  one row; issuesOfClass counts all, whatever their state; openVia: the merged issues on the way to openId, empty where it is of the class
MATCH (feedback:Feedback {id: $feedbackId})
OPTIONAL MATCH (feedback)-[:RAISED]->(raised:Issue)
WITH collect(raised.id) AS raisedIds
OPTIONAL MATCH (ofClass:Issue)-[:OF_CLASS]->(:IssueClass {id: $classId})
OPTIONAL MATCH way = (ofClass)-[:MERGED_INTO*1..50]->(target:Issue)
WHERE NOT EXISTS { (target)-[:MERGED_INTO]->(:Issue) }
WITH raisedIds, ofClass, coalesce(target, ofClass) AS taking, CASE WHEN way IS NULL THEN [] ELSE [step IN nodes(way) | step.id][..-1] END AS via
ORDER BY size(via), taking.lastActivityAt DESC, taking.id
WITH raisedIds, count(DISTINCT ofClass) AS issuesOfClass,
     [one IN collect({issue: taking, via: via})
      WHERE NOT one.issue.state IN $finalStates AND one.issue.lastActivityAt >= $from AND one.issue.openedAt <= $to | {id: one.issue.id, via: one.via}] AS open
RETURN raisedIds[0] AS raisedId, open[0].id AS openId, open[0].via AS openVia, issuesOfClass AS issuesOfClass
