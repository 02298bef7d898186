// Relations that start or end at some feedback, or at any feedback of some cars.
//
// Params   $ids, $vehicleIds   LIST<STRING>
// Returns  one row a relation, from the later event to the earlier one
CALL () {
  UNWIND $ids AS id
  MATCH (record:Feedback {id: id})
  RETURN record
  UNION
  UNWIND $vehicleIds AS vehicleId
  MATCH (:Vehicle {id: vehicleId})<-[:ABOUT]-(record:Feedback)
  RETURN record
}
MATCH (record)-[edge:DUPLICATE_OF|SAME_ISSUE_AS|SIMILAR_TO|DISTINCT_FROM]-(:Feedback)
WITH DISTINCT edge
RETURN startNode(edge).id AS from, endNode(edge).id AS to, type(edge) AS type, edge.score AS score, edge.reason AS reason,
       edge.reasonZh AS reasonZh, edge.method AS method, edge.at AS at, edge.by AS by, edge.was AS was
