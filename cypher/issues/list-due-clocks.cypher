// Issues with a clock that may have something to raise: not met, and due before the horizon.
//
// Params   $now, $firstResponseBefore, $resolutionBefore  STRING, instants
//          $limit  INTEGER
// Returns  one row an issue
// Index    issue_clocks
MATCH (issue:Issue {clocks: 'open'})
WITH issue, coalesce(issue.raised, []) AS raised
WHERE issue.state IN ['closed', 'rejected', 'merged']
   OR (issue.firstResponseAt IS NULL AND issue.firstResponseDueAt <= $firstResponseBefore AND NOT 'first-response:breached' IN raised
       AND (NOT 'first-response:at-risk' IN raised OR issue.firstResponseDueAt < $now))
   OR (issue.resolvedAt IS NULL AND issue.resolutionDueAt <= $resolutionBefore AND NOT 'resolution:breached' IN raised
       AND (NOT 'resolution:at-risk' IN raised OR issue.resolutionDueAt < $now))
RETURN issue.id AS issueId
ORDER BY issue.firstResponseDueAt
LIMIT toInteger($limit)
