// Repairs, installs and snapshots that were received after an instant although they had happened by then, or of which an earlier content had been
// received by then.
//
// Params   $asOf   STRING, instant
// Returns  one row a record; versions: [receivedAt, content] of the contents received by then
// Index    repair_order_received_at, software_install_received_at, telemetry_snapshot_received_at
CALL () {
  MATCH (record:RepairOrder) WHERE record.receivedAt > $asOf
  RETURN 'repair-orders' AS kind, record, record.closedAt AS happenedAt
  UNION ALL
  MATCH (record:SoftwareInstall) WHERE record.receivedAt > $asOf
  RETURN 'software-installs' AS kind, record, record.installedAt AS happenedAt
  UNION ALL
  MATCH (record:TelemetrySnapshot) WHERE record.receivedAt > $asOf
  RETURN 'telemetry-snapshots' AS kind, record, CASE WHEN record.software IS NOT NULL THEN record.capturedAt END AS happenedAt
}
WITH kind, record, happenedAt,
     COLLECT { MATCH (record)-[:SUPERSEDES]->(version:RecordVersion) WHERE version.receivedAt <= $asOf RETURN [version.receivedAt, version.content] } AS versions
WHERE happenedAt <= $asOf OR size(versions) > 0
RETURN kind AS kind, record.id AS id, record.vehicleId AS vehicleId, versions AS versions
