// The issue that suggestions are made for.
//
// Params   $issueId   STRING
// Returns  one row; sides that are not known are null
MATCH (issue:Issue {id: $issueId})
RETURN issue.id AS issueId, issue.component AS component, issue.symptom AS symptom, issue.model AS model, issue.state AS state,
       issue.severity AS severity, issue.openedAt AS openedAt
