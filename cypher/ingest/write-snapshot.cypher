// Writes snapshots on nodes this transaction holds, each without links of its own: new, or its earlier links deleted.
//
// Params   $snapshots   LIST<MAP>, prepared records
// Returns  nothing
UNWIND $snapshots AS row
MATCH (record:TelemetrySnapshot {id: row.id})
SET record.snapshotId = row.stored.snapshotId, record.capturedAt = row.stored.capturedAt, record.receivedAt = row.stored.receivedAt,
    record.vehicleId = row.stored.vehicleId, record.trigger = row.stored.trigger, record.odometerKm = row.stored.odometerKm,
    record.ambientC = row.stored.ambientC, record.software = row.stored.software, record.signals = row.stored.signals,
    record.dtcs = row.stored.dtcs, record.vinInvalid = row.stored.vinInvalid, record.dataQuality = row.stored.dataQuality,
    record.contentSha256 = row.contentSha256
WITH record, row
CALL (record, row) { MATCH (v:Vehicle {id: row.vehicleId}) CREATE (record)-[:TAKEN_FROM]->(v) }
CALL (record, row) {
  UNWIND row.recorded AS code
  MATCH (dtc:Dtc {id: code.code})
  CREATE (record)-[:RECORDED {status: toInteger(code.status), failureType: code.failureType, ecu: code.ecu}]->(dtc)
}
CALL (record, row) {
  // Feedback that named this snapshot before it was there.
  MATCH (feedback:Feedback {snapshotId: row.stored.snapshotId})
  WHERE NOT EXISTS { (feedback)-[:SENT_WITH]->(record) }
  CREATE (feedback)-[:SENT_WITH]->(record)
}
