// Everybody the graph knows by a reference, and every car.
//
// Params   none
// Returns  one row a car, and one a reference that stands with feedback
MATCH (vehicle:Vehicle)
RETURN vehicle.personRef AS personRef, vehicle.id AS vehicleId, vehicle.vinSealed AS vinSealed
UNION ALL
MATCH (feedback:Feedback)
WHERE feedback.personRef IS NOT NULL
RETURN DISTINCT feedback.personRef AS personRef, null AS vehicleId, null AS vinSealed
