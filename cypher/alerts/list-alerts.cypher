// All alerts, or one, with the issue each stands with.
//
// Params   $alertId  STRING or null for all
// Returns  one row an alert, the latest first alarm first
MATCH (alert:Alert)
WHERE $alertId IS NULL OR alert.id = $alertId
OPTIONAL MATCH (alert)-[:OPENED]->(issue:Issue)
WITH alert, min(issue.id) AS issueId
RETURN alert.id AS alertId, alert.component AS component, alert.symptom AS symptom, alert.cellDimension AS cellDimension, alert.cellLevel AS cellLevel,
       alert.windowFrom AS windowFrom, alert.windowTo AS windowTo, alert.observed AS observed, alert.expected AS expected, alert.llr AS llr,
       alert.threshold AS threshold, alert.firstAlarmAt AS firstAlarmAt, alert.vehiclesAtRisk AS vehiclesAtRisk, alert.state AS state,
       alert.method AS method, alert.model AS model, alert.raisedAt AS raisedAt, alert.assessedAt AS assessedAt, alert.closedAt AS closedAt,
       alert.closedReason AS closedReason, alert.outcome AS outcome, alert.outcomeReason AS outcomeReason, alert.decidedAt AS decidedAt,
       alert.engineVersion AS engineVersion, issueId AS issueId
ORDER BY firstAlarmAt DESC, alertId
