// Make, model and year of one car.
//
// Params   $vehicleId  STRING, the pseudonym
// Returns  at most one row; a side that is not known is null
MATCH (vehicle:Vehicle {id: $vehicleId})
RETURN vehicle.make AS make, vehicle.model AS model, vehicle.modelYear AS modelYear
