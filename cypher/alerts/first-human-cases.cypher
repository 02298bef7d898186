// When people first had the problem of an alert: the first past case of its class from a year before its first alarm on, and the first
// feedback of the issue it stands with.
//
// Params   none
// Returns  one row an alert; instants or null
MATCH (alert:Alert)
OPTIONAL MATCH (pastCase:Case)
WHERE pastCase.openedAt >= toString(date(substring(alert.firstAlarmAt, 0, 10)) - duration('P365D'))
  AND (alert.component IS NULL OR EXISTS { (pastCase)-[:ON]->(:Component {id: alert.component}) })
  AND (alert.symptom IS NULL OR EXISTS { (pastCase)-[:SHOWED]->(:Symptom {id: alert.symptom}) })
WITH alert, min(pastCase.openedAt) AS firstCaseAt
OPTIONAL MATCH (alert)-[:OPENED]->(:Issue)<-[:RAISED]-(feedback:Feedback)
RETURN alert.id AS alertId, firstCaseAt AS firstCaseAt, min(feedback.receivedAt) AS firstIssueAt
