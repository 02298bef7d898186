// The issues some feedback may join: the one it raised before, those of the reports it is told twice of or of the same problem as, and the open ones of
// its class. An issue that was merged stands for the one it was merged into.
//
// Params   $asked        LIST<MAP> at (INTEGER, given back), feedbackId (STRING), classId (STRING or null: it may keep the one it raised, no more)
//          $finalStates  LIST<STRING>, states that take no further feedback
// Returns  one row asked; raisedId, raisedSeverity, raisedHazards: of the issue it raised before, null and empty where there is none; members: the reports
//          of the group, whether they raised an issue or not; issuesOfClass counts all, whatever their state; via: the merged issues on the way to one of
//          the class, empty where it is of the class itself
UNWIND $asked AS asked
MATCH (feedback:Feedback {id: asked.feedbackId})
CALL (feedback) {
  OPTIONAL MATCH (feedback)-[:RAISED]->(raised:Issue)
  WITH raised ORDER BY raised.openedAt, raised.id
  RETURN collect(raised)[0] AS own
}
CALL (feedback) {
  OPTIONAL MATCH (feedback)-[:DUPLICATE_OF|SAME_ISSUE_AS*1..2]-(member:Feedback)
  WHERE member.id <> feedback.id AND NOT EXISTS { (member)-[:DISTINCT_FROM]-(feedback) }
  WITH DISTINCT member
  OPTIONAL MATCH (member)-[:RAISED]->(issue:Issue)
  WITH collect(DISTINCT member.id) AS members, collect(DISTINCT issue) AS issues
  RETURN members, [issue IN issues WHERE NOT issue.state IN $finalStates | {id: issue.id, lastActivityAt: issue.lastActivityAt}] AS ofGroup
}
CALL (asked) {
  OPTIONAL MATCH (ofClass:Issue)-[:OF_CLASS]->(:IssueClass {id: asked.classId})
  OPTIONAL MATCH way = (ofClass)-[:MERGED_INTO*1..50]->(target:Issue)
  WHERE NOT EXISTS { (target)-[:MERGED_INTO]->(:Issue) }
  WITH ofClass, coalesce(target, ofClass) AS taking, CASE WHEN way IS NULL THEN [] ELSE [step IN nodes(way) | step.id][..-1] END AS via
  RETURN count(DISTINCT ofClass) AS issuesOfClass,
         [one IN collect({issue: taking, via: via}) WHERE one.issue IS NOT NULL AND NOT one.issue.state IN $finalStates
          | {id: one.issue.id, openedAt: one.issue.openedAt, lastActivityAt: one.issue.lastActivityAt, via: one.via}] AS ofClassOpen
}
RETURN toInteger(asked.at) AS at, own.id AS raisedId, own.severity AS raisedSeverity, coalesce(own.hazards, []) AS raisedHazards, members AS members,
       ofGroup AS ofGroup, issuesOfClass AS issuesOfClass, ofClassOpen AS ofClass
