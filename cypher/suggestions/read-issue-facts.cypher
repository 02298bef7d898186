// What an 8D draft says of an issue itself: its reports, their span, hazards and models.
//
// Params   $issueId   STRING
// Returns  one row, or none; triages is a list of JSON
MATCH (issue:Issue {id: $issueId})
OPTIONAL MATCH (issue)<-[:RAISED]-(report:Feedback)
WITH issue, report ORDER BY report.occurredAt
WITH issue, collect(report) AS reports
RETURN issue.id AS issueId, issue.component AS component, issue.symptom AS symptom, issue.model AS model, issue.state AS state,
       issue.severity AS severity, issue.openedAt AS openedAt, size(reports) AS reportCount,
       reports[0].occurredAt AS firstOccurredAt, reports[-1].occurredAt AS lastOccurredAt,
       [report IN reports[..5] | {id: report.id, text: report.text, at: report.occurredAt}] AS examples,
       COLLECT { MATCH (issue)<-[:RAISED]-(:Feedback)-[:TRIAGED_AS]->(triage:Triage) RETURN triage.content ORDER BY triage.id LIMIT 50 } AS triages,
       COLLECT { MATCH (issue)<-[:RAISED]-(:Feedback)-[:ABOUT]->(car:Vehicle) RETURN DISTINCT car.id ORDER BY car.id LIMIT 500 } AS vehicleIds
