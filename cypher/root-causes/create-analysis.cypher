// An analysis and the reports it counted: one a car, class and thirty days, under exposure.
//
// Params   $analysisId, $asOf, $createdAt, $verdict, $reason, $engineVersion, $dataWatermark   STRING
//          $component, $symptom   STRING or null: any
//          $claims, $seed         INTEGER
//          $issueId               STRING or null
//          $feedbackIds, $repairOrderIds   LIST<STRING>
// Returns  one row; counted: how many reports were found again
CREATE (analysis:Analysis {id: $analysisId, component: $component, symptom: $symptom, asOf: $asOf, createdAt: $createdAt, verdict: $verdict,
  reason: $reason, claims: toInteger($claims), seed: toInteger($seed), engineVersion: $engineVersion, dataWatermark: $dataWatermark})
WITH analysis
CALL (analysis) { MATCH (issue:Issue {id: $issueId}) MERGE (issue)-[:ANALYZED_BY]->(analysis) }
CALL (analysis) { UNWIND $feedbackIds AS id MATCH (report:Feedback {id: id}) CREATE (analysis)-[:COUNTED]->(report) RETURN count(*) AS feedback }
CALL (analysis) { UNWIND $repairOrderIds AS id MATCH (report:RepairOrder {id: id}) CREATE (analysis)-[:COUNTED]->(report) RETURN count(*) AS orders }
RETURN feedback + orders AS counted
