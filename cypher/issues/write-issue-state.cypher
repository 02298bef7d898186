// Writes what people and clocks change of an issue; which feedback it holds is written elsewhere.
//
// Params   $issueId, $state, $openedAt, $lastActivityAt, $firstResponseDueAt, $resolutionDueAt, $clocks   STRING
//          $stateBefore, $firstResponseAt, $resolvedAt, $closedAt, $externalRef, $owner, $department, $departmentBy   STRING or null
//          $severity  INTEGER or null
//          $hazards, $raised  LIST<STRING>
// Returns  one row
MATCH (issue:Issue {id: $issueId})
SET issue.state = $state, issue.stateBefore = $stateBefore, issue.openedAt = $openedAt, issue.lastActivityAt = $lastActivityAt,
    issue.firstResponseDueAt = $firstResponseDueAt, issue.resolutionDueAt = $resolutionDueAt, issue.firstResponseAt = $firstResponseAt,
    issue.resolvedAt = $resolvedAt, issue.closedAt = $closedAt, issue.externalRef = $externalRef, issue.owner = $owner,
    issue.department = $department, issue.departmentBy = $departmentBy, issue.severity = toInteger($severity), issue.hazards = $hazards,
    issue.raised = $raised, issue.clocks = $clocks, issue.revision = coalesce(issue.revision, 0) + 1
RETURN issue.revision AS revision
