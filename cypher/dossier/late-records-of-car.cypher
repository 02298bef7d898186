// Records of one car that were received after an instant and of which an earlier content had been received by then.
//
// Params   $vehicleId   STRING, the pseudonym
//          $at          STRING, instant
// Returns  one row a record; versions: [receivedAt, content] of the contents received by then
MATCH (:Vehicle {id: $vehicleId})<-[:ABOUT|TAKEN_FROM|REPAIRED|INSTALLED_ON]-(record)
WHERE record.receivedAt > $at
WITH record, COLLECT { MATCH (record)-[:SUPERSEDES]->(version:RecordVersion) WHERE version.receivedAt <= $at RETURN [version.receivedAt, version.content] } AS versions
WHERE size(versions) > 0
RETURN CASE WHEN record:Feedback THEN 'feedback' WHEN record:TelemetrySnapshot THEN 'telemetry-snapshots'
            WHEN record:RepairOrder THEN 'repair-orders' ELSE 'software-installs' END AS kind,
       record.id AS id, record.vehicleId AS vehicleId, versions AS versions
