// Words of the newest reports of an issue and of an analysis, redacted: what people said and what workshops wrote.
//
// Params   $analysisId   STRING
//          $issueId      STRING or null
//          $limit        INTEGER, most of each kind
// Returns  one row a text; kind is feedback or repair
CALL () {
  CALL () {
    MATCH (:Issue {id: $issueId})<-[:RAISED]-(report:Feedback) RETURN report
    UNION
    MATCH (:Analysis {id: $analysisId})-[:COUNTED]->(report:Feedback) RETURN report
  }
  RETURN report.id AS id, report.text AS text, report.language AS language, report.receivedAt AS at, 'feedback' AS kind
  ORDER BY at DESC, id LIMIT toInteger($limit)
  UNION ALL
  CALL () {
    MATCH (:Analysis {id: $analysisId})-[:COUNTED]->(:Feedback)<-[:ANSWERS]-(order:RepairOrder) RETURN order
    UNION
    MATCH (:Analysis {id: $analysisId})-[:COUNTED]->(order:RepairOrder) RETURN order
    UNION
    MATCH (:Issue {id: $issueId})<-[:RAISED]-(:Feedback)<-[:ANSWERS]-(order:RepairOrder) RETURN order
  }
  WITH order, coalesce(order.cause, order.correction) AS text WHERE text IS NOT NULL
  RETURN order.id AS id, text AS text, order.language AS language, order.openedAt AS at, 'repair' AS kind
  ORDER BY at DESC, id LIMIT toInteger($limit)
}
RETURN id AS id, text AS text, language AS language, kind AS kind
