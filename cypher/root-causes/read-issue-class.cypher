// Symptom class of an issue.
//
// Params   $issueId   STRING
// Returns  one row; a side that is not known is null
MATCH (issue:Issue {id: $issueId})
RETURN issue.component AS component, issue.symptom AS symptom, issue.model AS model
