// Marks telemetry snapshots by what the whole history of their car shows.
//
// Params   $flags   LIST<MAP> id, flags (null: none)
// Returns  nothing
UNWIND $flags AS row
MATCH (snapshot:TelemetrySnapshot {id: row.id})
SET snapshot.historyFlags = row.flags
