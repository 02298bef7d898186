// The open issue of an alert's class, of its model where it has one.
//
// Params   $classId              STRING, class of an issue that would be opened
//          $component, $symptom  STRING or null: a side the alert does not name
//          $model                STRING or null for any model
//          $finalStates          LIST<STRING>, states that take nothing further
// Returns  one row; issuesOfClass counts all issues of the class, whatever their state
OPTIONAL MATCH (ofClass:Issue)-[:OF_CLASS]->(:IssueClass {id: $classId})
WITH count(ofClass) AS issuesOfClass
OPTIONAL MATCH (issue:Issue)
WHERE NOT issue.state IN $finalStates
  AND (issue.component = $component OR (issue.component IS NULL AND $component IS NULL))
  AND (issue.symptom = $symptom OR (issue.symptom IS NULL AND $symptom IS NULL))
  AND ($model IS NULL OR toLower(issue.model) = toLower($model))
WITH issuesOfClass, issue
ORDER BY issue.lastActivityAt DESC, issue.id
RETURN issuesOfClass AS issuesOfClass, collect(issue.id)[0] AS openId
