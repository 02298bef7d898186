// Feedback and repair orders that name one of some components, or to which a replaced part, a fault code or the answering repair ties it.
//
// Params   $components   LIST<STRING>
//          $asOf         STRING, instant by which a record was received
// Returns  one row a record
UNWIND $components AS key
MATCH (component:Component {id: key})
CALL (component) {
  MATCH (component)<-[:CONCERNS]-(finding:Finding)<-[:HOLDS]-(record:Feedback|RepairOrder)
  WHERE NOT finding.negated AND NOT finding.past AND NOT finding.hypothetical
  RETURN record
  UNION
  MATCH (component)<-[:CONCERNS]-(finding:Finding)<-[:HOLDS]-(:RepairOrder)-[:ANSWERS]->(record:Feedback)
  WHERE NOT finding.negated AND NOT finding.past AND NOT finding.hypothetical
  RETURN record
  UNION
  MATCH (component)<-[:REALIZES]-(:Part)<-[:LOT_OF]-(:PartLot)<-[:REMOVED|INSTALLED]-(record:RepairOrder)
  RETURN record
  UNION
  MATCH (component)<-[:REALIZES]-(:Part)<-[:LOT_OF]-(:PartLot)<-[:REMOVED|INSTALLED]-(:RepairOrder)-[:ANSWERS]->(record:Feedback)
  RETURN record
  UNION
  MATCH (component)<-[:POINTS_AT]-(:Dtc)<-[:RECORDED]-(record:RepairOrder)
  RETURN record
  UNION
  MATCH (component)<-[:POINTS_AT]-(:Dtc)<-[:RECORDED]-(:RepairOrder)-[:ANSWERS]->(record:Feedback)
  RETURN record
  UNION
  MATCH (component)<-[:POINTS_AT]-(:Dtc)<-[:RECORDED]-(:TelemetrySnapshot)<-[:SENT_WITH]-(record:Feedback)
  RETURN record
}
WITH record
WHERE record.receivedAt <= $asOf
RETURN DISTINCT record.id AS id, record:Feedback AS isFeedback
