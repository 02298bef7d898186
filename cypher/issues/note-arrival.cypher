// What a feedback that raised an issue brings to it beside itself: whose it is, its hazards, the way it came.
//
// Params   $issueId, $feedbackId  STRING
//          $department            STRING or null, by rule; a person's choice stays
//          $hazards               LIST<STRING>
//          $path                  LIST<STRING>, issues it came through by merges
//          $at                    STRING, instant
// Returns  one row
MATCH (:Feedback {id: $feedbackId})-[raised:RAISED]->(issue:Issue {id: $issueId})
SET issue.touchedAt = $at, issue.clocks = coalesce(issue.clocks, 'open'), issue.department = coalesce(issue.department, $department),
    issue.hazards = coalesce(issue.hazards, []) + [hazard IN $hazards WHERE NOT hazard IN coalesce(issue.hazards, [])],
    issue.revision = coalesce(issue.revision, 0) + 1,
    raised.path = CASE WHEN size($path) > 0 THEN $path ELSE raised.path END
RETURN issue.id AS issueId
