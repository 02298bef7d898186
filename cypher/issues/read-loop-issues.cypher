// Issues opened in a period, as far as their clocks went; those merged into another count with that one.
//
// Params   $from, $to  STRING, instants; to is not part of it
// Returns  one row an issue
// Index    issue_opened_at
MATCH (issue:Issue)
WHERE issue.openedAt >= $from AND issue.openedAt < $to AND issue.state <> 'merged'
RETURN issue.component AS component, issue.model AS model, issue.state AS state, issue.openedAt AS openedAt, issue.firstResponseAt AS firstResponseAt,
       issue.resolutionDueAt AS resolutionDueAt, issue.resolvedAt AS resolvedAt
