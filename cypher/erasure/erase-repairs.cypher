// Takes the words of customers out of the repairs of some cars; what the workshop found stays.
//
// Params   $vehicleIds  LIST<STRING>
// Returns  one row
MATCH (repair:RepairOrder)-[:REPAIRED]->(vehicle:Vehicle)
WHERE vehicle.id IN $vehicleIds
WITH repair, coalesce(repair.cause, '') AS cause, coalesce(repair.correction, '') AS correction
WITH repair, cause + ' ' + correction AS found
SET repair.text = found, repair.matchText = toLower(found)
REMOVE repair.complaint
RETURN count(repair) AS repairs
