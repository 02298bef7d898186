// Issues, the latest active first.
//
// Params   $states                         LIST<STRING> or null, any
//          $components                     LIST<STRING> or null; a component with all its parts
//          $symptom, $model, $hazard       STRING or null; the model without regard to case
//          $owner, $department             STRING or null
//          $severityMin                    INTEGER or null
//          $overdue                        BOOLEAN or null; true: a clock is not met and was due before $now
//          $now                            STRING, instant
//          $finalStates                    LIST<STRING>
//          $afterActivityAt, $afterId      STRING or null: the last issue of the page before
//          $limit                          INTEGER
// Returns  one row an issue
MATCH (issue:Issue)
WHERE issue.lastActivityAt IS NOT NULL
  AND ($states IS NULL OR issue.state IN $states)
  AND ($components IS NULL OR issue.component IN $components)
  AND ($symptom IS NULL OR issue.symptom = $symptom)
  AND ($model IS NULL OR toLower(issue.model) = toLower($model))
  AND ($hazard IS NULL OR $hazard IN issue.hazards)
  AND ($owner IS NULL OR issue.owner = $owner)
  AND ($department IS NULL OR issue.department = $department)
  AND ($severityMin IS NULL OR issue.severity >= toInteger($severityMin))
  AND ($overdue IS NULL OR $overdue = (NOT issue.state IN $finalStates
       AND ((issue.firstResponseAt IS NULL AND issue.firstResponseDueAt < $now) OR (issue.resolvedAt IS NULL AND issue.resolutionDueAt < $now))))
  AND ($afterActivityAt IS NULL OR issue.lastActivityAt < $afterActivityAt OR (issue.lastActivityAt = $afterActivityAt AND issue.id < $afterId))
WITH issue
ORDER BY issue.lastActivityAt DESC, issue.id DESC
LIMIT toInteger($limit)
RETURN issue.id AS issueId
ORDER BY issue.lastActivityAt DESC, issue.id DESC
