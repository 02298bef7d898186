// Fault codes that the cars recorded with the reports of an analysis and of an issue; bit 3 of the status byte says confirmed (ISO 14229).
//
// Params   $analysisId   STRING
//          $issueId      STRING or null
// Returns  one row a code, most frequent first; reports: how many reports came with it; snapshotIds: the first 25 of its snapshots by id
CALL () {
  MATCH (:Analysis {id: $analysisId})-[:COUNTED]->(report:Feedback|RepairOrder) RETURN report
  UNION
  MATCH (:Issue {id: $issueId})<-[:RAISED]-(report:Feedback) RETURN report
}
MATCH (report)-[:SENT_WITH]->(snapshot:TelemetrySnapshot)-[recorded:RECORDED]->(dtc:Dtc)
WITH report, snapshot, recorded, dtc ORDER BY snapshot.id
WITH dtc, count(DISTINCT report) AS reports, count(DISTINCT CASE WHEN (toInteger(recorded.status) / 8) % 2 = 1 THEN report END) AS confirmed,
     collect(DISTINCT snapshot.id)[..25] AS snapshotIds
RETURN dtc.code AS code, dtc.meaning AS meaning, reports AS reports, confirmed AS confirmed, snapshotIds AS snapshotIds
ORDER BY reports DESC, code
LIMIT 10
