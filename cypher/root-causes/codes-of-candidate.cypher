// Fault codes that cars recorded with the reports a candidate cites.
//
// Params   $candidateId   STRING
// Returns  one row a code, most frequent first; reports: how many reports came with it
MATCH (candidate:Candidate {id: $candidateId})-[:CITES]->(report:Feedback|RepairOrder)
CALL (report) {
  MATCH (report)-[:SENT_WITH]->(:TelemetrySnapshot)-[:RECORDED]->(dtc:Dtc)
  RETURN dtc
  UNION
  MATCH (report)-[:RECORDED]->(dtc:Dtc)
  RETURN dtc
}
WITH dtc, count(DISTINCT report) AS reports
RETURN dtc.code AS code, dtc.meaning AS meaning, reports AS reports
ORDER BY reports DESC, code
LIMIT 5
