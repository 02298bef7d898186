// Takes away lots that no record of the car supports any more: a corrected as-built record, a superseded repair.
//
// Params   $edges   LIST<MAP> vehicleId, edge (element id)
// Returns  nothing
UNWIND $edges AS row
MATCH (v:Vehicle {id: row.vehicleId})-[b:BUILT_WITH]->(:PartLot)
WHERE elementId(b) = row.edge
SET v.changedAt = timestamp()
DELETE b
