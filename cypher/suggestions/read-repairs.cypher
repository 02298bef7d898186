// How the repairs turned out that the reports of an analysis and of an issue led to.
//
// Params   $analysisId   STRING
//          $issueId      STRING or null
// Returns  one row a result, most frequent first, the first 25 orders by id; result is `unknown` where the order does not say
CALL () {
  MATCH (:Analysis {id: $analysisId})-[:COUNTED]->(report:Feedback|RepairOrder) RETURN report
  UNION
  MATCH (:Issue {id: $issueId})<-[:RAISED]-(report:Feedback) RETURN report
}
CALL (report) {
  MATCH (report)<-[:ANSWERS]-(order:RepairOrder) RETURN order
  UNION
  MATCH (order:RepairOrder {id: report.id}) WHERE report:RepairOrder RETURN order
}
WITH DISTINCT order ORDER BY order.id
RETURN coalesce(order.result, 'unknown') AS result, count(order) AS orders, collect(order.id)[..25] AS orderIds
ORDER BY orders DESC, result
