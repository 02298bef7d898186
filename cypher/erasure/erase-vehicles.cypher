// Takes the sealed VIN and the person off cars.
//
// Params   $vehicleIds  LIST<STRING>
// Returns  one row
MATCH (vehicle:Vehicle)
WHERE vehicle.id IN $vehicleIds
WITH vehicle, CASE WHEN vehicle.vinSealed IS NULL THEN 0 ELSE 1 END AS sealed
REMOVE vehicle.vinSealed, vehicle.personRef
RETURN coalesce(sum(sealed), 0) AS vins, count(vehicle) AS vehicles
