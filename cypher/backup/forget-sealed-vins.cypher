// Takes away sealed VINs whose key is lost.
//
// Params   none
// Returns  one row
MATCH (vehicle:Vehicle)
WHERE vehicle.vinSealed IS NOT NULL
REMOVE vehicle.vinSealed
RETURN count(vehicle) AS vins
