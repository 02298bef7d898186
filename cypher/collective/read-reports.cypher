// Where, when and from which car some reports came, and which of them are the same report.
//
// Params   $ids   LIST<STRING>, of feedback and repair orders
//          $asOf  STRING, instant; what was tied to a report later is left out
// Returns  one row a report; sameAs: reports of the list that it is a duplicate of
UNWIND $ids AS id
CALL (id) {
  MATCH (feedback:Feedback {id: id})
  OPTIONAL MATCH (feedback)-[:ABOUT]->(car:Vehicle)
  RETURN feedback.channel AS channel, coalesce(car.region, feedback.region) AS region, coalesce(car.model, feedback.model) AS model,
         coalesce(car.modelYear, feedback.modelYear) AS modelYear, feedback.odometerKm AS odometerKm, car.soldOn AS soldOn,
         feedback.occurredAt AS at, left(feedback.text, 160) AS text,
         [(feedback)-[same:DUPLICATE_OF]->(other:Feedback) WHERE coalesce(same.at, '') <= $asOf | other.id] AS sameAs
  UNION ALL
  MATCH (order:RepairOrder {id: id})
  OPTIONAL MATCH (order)-[:REPAIRED]->(car:Vehicle)
  RETURN 'repair-order' AS channel, car.region AS region, car.model AS model, car.modelYear AS modelYear, order.odometerKm AS odometerKm,
         car.soldOn AS soldOn, order.openedAt AS at, left(order.text, 160) AS text, [] AS sameAs
}
RETURN id AS id, channel AS channel, region AS region, model AS model, modelYear AS modelYear, odometerKm AS odometerKm, soldOn AS soldOn,
       at AS at, text AS text, sameAs AS sameAs
