// Cars changed at or after a server time, and cars that carry a lot whose supplier did. Nested lists: one row a car.
//
// Params   $changedSince   INTEGER, ms; 0: all cars
// Returns  one row a car; parts: [lotId, component, condition, from, to, supplier where the lot does not tell]; software: [module, version, from, to]; visits: [service centre, closedAt]
// Index    vehicle_changed_at, part_lot_changed_at
CALL () {
  MATCH (v:Vehicle) WHERE v.changedAt >= toInteger($changedSince)
  RETURN v
  UNION ALL
  MATCH (lot:PartLot) WHERE lot.changedAt >= toInteger($changedSince)
  MATCH (lot)<-[:BUILT_WITH]-(v:Vehicle) WHERE v.changedAt < toInteger($changedSince)
  RETURN DISTINCT v
}
RETURN v.id AS id, v.known AS known, v.make AS make, v.model AS model, v.modelYear AS modelYear, v.trim AS trim, v.plant AS plant, v.builtOn AS builtOn,
       v.soldOn AS soldOn, v.region AS region, v.options AS options, v.dataQuality AS dataQuality,
       COLLECT { MATCH (v)-[b:BUILT_WITH]->(lot:PartLot) RETURN [lot.id, b.component, b.condition, b.from, b.to, b.supplier] } AS parts,
       COLLECT { MATCH (v)-[ran:RAN]->(release:SoftwareRelease) RETURN [ran.module, release.version, ran.from, ran.to] } AS software,
       COLLECT {
         MATCH (v)<-[:REPAIRED]-(order:RepairOrder)
         WHERE order.serviceCenter IS NOT NULL AND order.closedAt IS NOT NULL
         RETURN [order.serviceCenter, order.closedAt]
       } AS visits
