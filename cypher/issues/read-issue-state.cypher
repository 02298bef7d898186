// Issues as a change of them needs to know them.
//
// Params   $issueIds  LIST<STRING>
// Returns  one row an issue that is there
UNWIND $issueIds AS issueId
MATCH (issue:Issue {id: issueId})
RETURN issue.id AS issueId, issue.state AS state, issue.stateBefore AS stateBefore, issue.component AS component, issue.symptom AS symptom,
       issue.model AS model, issue.severity AS severity, coalesce(issue.hazards, []) AS hazards, issue.openedAt AS openedAt,
       issue.lastActivityAt AS lastActivityAt, issue.firstResponseDueAt AS firstResponseDueAt, issue.resolutionDueAt AS resolutionDueAt,
       issue.firstResponseAt AS firstResponseAt, issue.resolvedAt AS resolvedAt, issue.closedAt AS closedAt, issue.externalRef AS externalRef,
       issue.owner AS owner, issue.department AS department, issue.departmentBy AS departmentBy, coalesce(issue.raised, []) AS raised,
       coalesce(issue.clocks, 'open') AS clocks, coalesce(issue.revision, 0) AS revision,
       head([(issue)-[:MERGED_INTO]->(target:Issue) | target.id]) AS mergedInto,
       head([(issue)-[:SPLIT_FROM]->(source:Issue) | source.id]) AS splitFrom
