// Takes away software runs that no record of the car supports any more.
//
// Params   $edges   LIST<MAP> vehicleId, edge (element id)
// Returns  nothing
UNWIND $edges AS row
MATCH (v:Vehicle {id: row.vehicleId})-[ran:RAN]->(:SoftwareRelease)
WHERE elementId(ran) = row.edge
SET v.changedAt = timestamp()
DELETE ran
