// Deletes earlier versions of feedback, and of the repairs of some cars.
//
// Params   $feedbackIds, $vehicleIds  LIST<STRING>
// Returns  one row
MATCH (record:Feedback|RepairOrder)-[:SUPERSEDES]->(version:RecordVersion)
WHERE record.id IN $feedbackIds OR record.vehicleId IN $vehicleIds
DETACH DELETE version
RETURN count(*) AS versions
