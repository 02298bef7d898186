// Ties a feedback to an issue, which is made where it does not exist.
//
// Params   $issueId, $classId, $feedbackId   STRING
//          $component, $symptom, $model      STRING or null
//          $severity                         INTEGER 1..10 or null
//          $receivedAt                       STRING, instant of the feedback
//          $firstResponseDueAt, $resolutionDueAt  STRING, instants
// Returns  one row
MATCH (feedback:Feedback {id: $feedbackId})
MATCH (class:IssueClass {id: $classId})
MERGE (issue:Issue {id: $issueId})
ON CREATE SET issue.state = 'new', issue.component = $component, issue.symptom = $symptom, issue.model = $model,
              issue.severity = toInteger($severity), issue.openedAt = $receivedAt, issue.lastActivityAt = $receivedAt,
              issue.firstResponseDueAt = $firstResponseDueAt, issue.resolutionDueAt = $resolutionDueAt
SET issue.lastActivityAt = CASE WHEN issue.lastActivityAt < $receivedAt THEN $receivedAt ELSE issue.lastActivityAt END,
    issue.severity = CASE WHEN coalesce(issue.severity, 0) < $severity THEN toInteger($severity) ELSE issue.severity END
MERGE (issue)-[:OF_CLASS]->(class)
MERGE (feedback)-[:RAISED]->(issue)
RETURN issue.id AS issueId
