// What changed since the fleet was last read into memory; cars from before are as old as can be. And what was received after an instant: a question
// about the past leaves it out.
CREATE INDEX vehicle_changed_at IF NOT EXISTS FOR (n:Vehicle) ON (n.changedAt);
CREATE INDEX part_lot_changed_at IF NOT EXISTS FOR (n:PartLot) ON (n.changedAt);
CREATE INDEX software_install_received_at IF NOT EXISTS FOR (n:SoftwareInstall) ON (n.receivedAt);
CREATE INDEX telemetry_snapshot_received_at IF NOT EXISTS FOR (n:TelemetrySnapshot) ON (n.receivedAt);
MATCH (v:Vehicle) WHERE v.changedAt IS NULL
CALL (v) { SET v.changedAt = 0 } IN TRANSACTIONS OF 10000 ROWS;
