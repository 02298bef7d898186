// Ties an alert to an issue, which is made where it does not exist.
//
// Params   $alertId, $issueId, $classId            STRING
//          $component, $symptom, $model            STRING or null
//          $asOf                                   STRING, instant of the scan
//          $firstResponseDueAt, $resolutionDueAt   STRING, instants
// Returns  one row
MATCH (alert:Alert {id: $alertId})
MATCH (class:IssueClass {id: $classId})
MERGE (issue:Issue {id: $issueId})
ON CREATE SET issue.state = 'new', issue.component = $component, issue.symptom = $symptom, issue.model = $model, issue.openedAt = $asOf,
              issue.lastActivityAt = $asOf, issue.firstResponseDueAt = $firstResponseDueAt, issue.resolutionDueAt = $resolutionDueAt, issue.clocks = 'open'
SET issue.lastActivityAt = CASE WHEN issue.lastActivityAt < $asOf THEN $asOf ELSE issue.lastActivityAt END
FOREACH (_ IN CASE WHEN EXISTS { (issue)-[:OF_CLASS]->(:IssueClass) } THEN [] ELSE [1] END | MERGE (issue)-[:OF_CLASS]->(class))
MERGE (alert)-[:OPENED]->(issue)
RETURN issue.id AS issueId
