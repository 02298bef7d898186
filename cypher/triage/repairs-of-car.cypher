// Repairs of some cars that were closed within a window, with what they were about.
//
// Params   $asked   LIST<MAP> at (INTEGER, given back), vehicleId (STRING, the pseudonym), from, to (STRING, instants of closing)
// Returns  one row asked; repairs: at most 50 maps repairOrderId, symptoms, components
UNWIND $asked AS asked
CALL (asked) {
  MATCH (:Vehicle {id: asked.vehicleId})<-[:REPAIRED]-(order:RepairOrder)
  WHERE order.closedAt >= asked.from AND order.closedAt <= asked.to
  WITH order ORDER BY order.closedAt, order.repairOrderId LIMIT 50
  RETURN collect({
    repairOrderId: order.repairOrderId,
    symptoms: COLLECT { MATCH (order)-[:HOLDS]->(:Finding)-[:SHOWS]->(symptom:Symptom) RETURN DISTINCT symptom.id },
    components: COLLECT {
      MATCH (order)-[:HOLDS]->(:Finding)-[:CONCERNS]->(component:Component) RETURN component.id AS key
      UNION
      MATCH (order)-[:INSTALLED]->(:PartLot)-[:LOT_OF]->(:Part)-[:REALIZES]->(component:Component) RETURN component.id AS key
    }
  }) AS repairs
}
RETURN toInteger(asked.at) AS at, repairs AS repairs
