// Snapshots that came with the reports of an analysis and of an issue, with the make and model that reference ranges are kept by.
//
// Params   $analysisId   STRING
//          $issueId      STRING or null
// Returns  one row a snapshot, at most 500; signals is JSON
CALL () {
  MATCH (:Analysis {id: $analysisId})-[:COUNTED]->(report:Feedback) RETURN report
  UNION
  MATCH (:Issue {id: $issueId})<-[:RAISED]-(report:Feedback) RETURN report
}
MATCH (report)-[:SENT_WITH]->(snapshot:TelemetrySnapshot)
OPTIONAL MATCH (report)-[:ABOUT]->(car:Vehicle)
WITH DISTINCT snapshot, coalesce(car.make, report.make) AS make, coalesce(car.model, report.model) AS model
RETURN snapshot.id AS snapshotId, snapshot.signals AS signals, make AS make, model AS model
ORDER BY snapshotId
LIMIT 500
