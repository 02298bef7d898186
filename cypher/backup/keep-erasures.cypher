// Puts erasures that another audit trail knows into this one.
//
// Params   $rows  LIST<MAP> id, entry (its properties)
// Returns  nothing
UNWIND $rows AS row
MERGE (entry:AuditEntry {id: row.id})
SET entry += row.entry
