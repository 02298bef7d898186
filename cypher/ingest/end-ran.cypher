// Ends software runs of cars, or opens them again, where a late record says so.
//
// Params   $ends   LIST<MAP> vehicleId, edge (element id), to (null: still running)
// Returns  nothing
UNWIND $ends AS row
MATCH (v:Vehicle {id: row.vehicleId})-[ran:RAN]->(:SoftwareRelease)
WHERE elementId(ran) = row.edge
SET ran.to = row.to, v.changedAt = timestamp()
