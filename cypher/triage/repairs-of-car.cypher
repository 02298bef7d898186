// Repairs of one car that were closed within a window, with what they were about.
//
// Params   $vehicleId    STRING, the pseudonym
//          $from, $to    STRING, instants of closing
// Returns  one row a repair order
MATCH (:Vehicle {id: $vehicleId})<-[:REPAIRED]-(order:RepairOrder)
WHERE order.closedAt >= $from AND order.closedAt <= $to
RETURN order.repairOrderId AS repairOrderId,
       COLLECT { MATCH (order)-[:HOLDS]->(:Finding)-[:SHOWS]->(symptom:Symptom) RETURN DISTINCT symptom.id } AS symptoms,
       COLLECT {
         MATCH (order)-[:HOLDS]->(:Finding)-[:CONCERNS]->(component:Component) RETURN component.id AS key
         UNION
         MATCH (order)-[:INSTALLED]->(:PartLot)-[:LOT_OF]->(:Part)-[:REALIZES]->(component:Component) RETURN component.id AS key
       } AS components
ORDER BY order.closedAt, repairOrderId
LIMIT 50
