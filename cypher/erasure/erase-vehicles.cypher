// Takes the sealed VIN and the person off cars, and the words of customers out of their repairs; what the workshop found stays.
//
// Params   $vehicleIds  LIST<STRING>
// Returns  one row
UNWIND $vehicleIds AS vehicleId
MATCH (vehicle:Vehicle {id: vehicleId})
WITH vehicle, CASE WHEN vehicle.vinSealed IS NULL THEN 0 ELSE 1 END AS sealed
SET vehicle.vinSealed = null, vehicle.personRef = null
WITH vehicle, sealed
CALL (vehicle) {
  MATCH (repair:RepairOrder)-[:REPAIRED]->(vehicle)
  OPTIONAL MATCH (repair)-[:SUPERSEDES]->(version:RecordVersion)
  DETACH DELETE version
  WITH DISTINCT repair
  SET repair.complaint = null, repair.text = trim(coalesce(repair.cause, '') + ' ' + coalesce(repair.correction, '')),
      repair.matchText = toLower(trim(coalesce(repair.cause, '') + ' ' + coalesce(repair.correction, '')))
  RETURN count(repair) AS repairs
}
RETURN coalesce(sum(sealed), 0) AS vins, count(vehicle) AS vehicles, coalesce(sum(repairs), 0) AS repairs
