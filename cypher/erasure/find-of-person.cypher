// What is known of one person: their feedback, and the cars that are theirs with all feedback on them.
//
// Params   $reference  STRING
// Returns  one row
CALL () { MATCH (feedback:Feedback {personRef: $reference}) RETURN collect(feedback.id) AS own }
CALL () { MATCH (vehicle:Vehicle {personRef: $reference}) RETURN collect(vehicle.id) AS vehicleIds }
CALL (vehicleIds) { MATCH (feedback:Feedback)-[:ABOUT]->(vehicle:Vehicle) WHERE vehicle.id IN vehicleIds RETURN collect(feedback.id) AS ofCars }
RETURN own + [id IN ofCars WHERE NOT id IN own] AS feedbackIds, vehicleIds AS vehicleIds
