// All feedback on one car.
//
// Params   $vehicleId  STRING, the pseudonym
// Returns  one row where the car is known
MATCH (vehicle:Vehicle {id: $vehicleId})
RETURN COLLECT { MATCH (feedback:Feedback)-[:ABOUT]->(vehicle) RETURN feedback.id } AS feedbackIds, vehicle.vinSealed AS vinSealed,
       vehicle.personRef AS personRef
