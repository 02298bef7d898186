// Models of the cars that the reports of an analysis and of an issue come from.
//
// Params   $analysisId   STRING
//          $issueId      STRING or null
// Returns  one row a model as the cars spell it, most reports first
CALL () {
  MATCH (:Analysis {id: $analysisId})-[:COUNTED]->(report:Feedback|RepairOrder) RETURN report
  UNION
  MATCH (:Issue {id: $issueId})<-[:RAISED]-(report:Feedback) RETURN report
}
MATCH (report)-[:ABOUT|REPAIRED]->(car:Vehicle)
WHERE car.model IS NOT NULL
RETURN car.model AS model, count(DISTINCT report) AS reports
ORDER BY reports DESC, model
LIMIT 20
