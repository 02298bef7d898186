// Relations that start or end at some feedback.
//
// Params   $ids   LIST<STRING>
// Returns  one row a relation, from the later event to the earlier one
UNWIND $ids AS id
MATCH (:Feedback {id: id})-[edge:DUPLICATE_OF|SAME_ISSUE_AS|SIMILAR_TO|DISTINCT_FROM]-(:Feedback)
WITH DISTINCT edge
RETURN startNode(edge).id AS from, endNode(edge).id AS to, type(edge) AS type, edge.score AS score, edge.reason AS reason,
       edge.reasonZh AS reasonZh, edge.method AS method, edge.at AS at, edge.by AS by, edge.was AS was
