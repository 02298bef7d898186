// How the repairs turned out that the reports a candidate cites led to.
//
// Params   $candidateId   STRING
// Returns  one row a result, its orders in the order of their ids; result is null where the order does not say
MATCH (candidate:Candidate {id: $candidateId})-[:CITES]->(report:Feedback|RepairOrder)
CALL (report) {
  MATCH (report)<-[:ANSWERS]-(order:RepairOrder)
  RETURN order
  UNION
  MATCH (order:RepairOrder {id: report.id}) WHERE report:RepairOrder
  RETURN order
}
WITH DISTINCT order ORDER BY order.id
RETURN order.result AS result, count(order) AS orders, collect(order.id) AS orderIds
ORDER BY orders DESC, result
