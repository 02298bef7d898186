// Repairs begun in a period: whether the same car was repaired for the same component not long before, and whether nothing was found.
//
// Params   $from, $to    STRING, instants; to is not part of it
//          $repeatDays   INTEGER, how long ago the earlier repair may be
// Returns  one row a repair; components: what it was about, as far as its words and parts tell
// Index    repair_order_opened_at
MATCH (repair:RepairOrder)
WHERE repair.openedAt >= $from AND repair.openedAt < $to
OPTIONAL MATCH (repair)-[:REPAIRED]->(vehicle:Vehicle)
WITH repair, vehicle,
     COLLECT {
       MATCH (repair)-[:HOLDS]->(finding:Finding)-[:CONCERNS]->(component:Component)
       WHERE coalesce(finding.negated, false) = false AND coalesce(finding.hypothetical, false) = false AND coalesce(finding.past, false) = false
       RETURN DISTINCT component.id
     } AS components
WITH repair, vehicle, components, toString(datetime(repair.openedAt) - duration({days: toInteger($repeatDays)})) AS since
RETURN repair.serviceCenter AS serviceCenter, vehicle.model AS model, components AS components, repair.result AS result,
       EXISTS {
         MATCH (earlier:RepairOrder)-[:REPAIRED]->(vehicle)
         WHERE earlier.id <> repair.id AND earlier.openedAt < repair.openedAt AND coalesce(earlier.closedAt, earlier.openedAt) >= since
           AND EXISTS {
             MATCH (earlier)-[:HOLDS]->(told:Finding)-[:CONCERNS]->(same:Component)
             WHERE same.id IN components AND coalesce(told.negated, false) = false
           }
       } AS isRepeat
