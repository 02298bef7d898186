// Puts lots into cars. Nested lists: one row a car is four times as fast as one row a lot.
//
// Params   $vehicles   LIST<MAP> id, from (for the parts that give none), parts: LIST of
//                      [lotId, component, position, serial, condition, builtOn, source, from, to, supplier]; sides at the end may be left out
// Returns  nothing
UNWIND $vehicles AS row
MATCH (v:Vehicle {id: row.id})
SET v.changedAt = timestamp()
WITH v, row
UNWIND row.parts AS part
MATCH (lot:PartLot {id: part[0]})
CREATE (v)-[:BUILT_WITH {component: part[1], position: part[2], serial: part[3], condition: part[4], builtOn: part[5],
  source: part[6], from: coalesce(part[7], row.from), to: part[8], supplier: part[9]}]->(lot)
