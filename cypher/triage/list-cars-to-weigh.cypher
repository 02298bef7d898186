// Cars of which a report, a repair or a part was written since their evidence was last weighed, or that were weighed with another vocabulary.
//
// Params   $since               INTEGER, server time in ms; what was written earlier is not looked at
//          $vocabularyVersion   STRING
//          $k                   INTEGER, 1..2000
// Returns  one row: vehicleIds, at most $k; readAt: server time in ms
// Index    vehicle_changed_at, feedback_changed_at
CALL () {
  CALL () {
    MATCH (car:Vehicle) WHERE car.changedAt >= toInteger($since)
    RETURN car, car.changedAt AS changedAt
    UNION ALL
    MATCH (record:Feedback) WHERE record.changedAt >= toInteger($since)
    MATCH (record)-[:ABOUT]->(car:Vehicle)
    RETURN car, record.changedAt AS changedAt
  }
  WITH car, max(changedAt) AS changedAt
  WHERE (car.weighedAt IS NULL OR car.weighedWith <> $vocabularyVersion OR changedAt >= car.weighedAt)
    AND EXISTS { (car)<-[:ABOUT]-(:Feedback) }
    AND (car.weighedAt IS NOT NULL OR EXISTS { (car)<-[:REPAIRED]-(:RepairOrder) } OR EXISTS { (car)<-[:ABOUT]-(:Feedback)-[:SENT_WITH]->(:TelemetrySnapshot) })
  WITH car.id AS vehicleId ORDER BY vehicleId LIMIT toInteger($k)
  RETURN collect(vehicleId) AS vehicleIds
}
RETURN vehicleIds, timestamp() AS readAt
