// Ends lots in cars, or opens them again, where a late record says so.
//
// Params   $ends   LIST<MAP> vehicleId, edge (element id), to (null: still in the car)
// Returns  nothing
UNWIND $ends AS row
MATCH (v:Vehicle {id: row.vehicleId})-[b:BUILT_WITH]->(:PartLot)
WHERE elementId(b) = row.edge
SET b.to = row.to, v.changedAt = timestamp()
