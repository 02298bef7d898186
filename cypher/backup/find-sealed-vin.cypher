// A sealed VIN with its pseudonym, to tell whether a key opens what is in the graph.
//
// Params   none
// Returns  one row or none
MATCH (vehicle:Vehicle)
WHERE vehicle.vinSealed IS NOT NULL
RETURN vehicle.id AS vehicleId, vehicle.vinSealed AS vinSealed
LIMIT 1
