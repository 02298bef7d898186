// Says of a decision that it was refused after all; nothing where its transaction never came about.
//
// Params   $auditId, $detail  STRING, the second is JSON
// Returns  one row
OPTIONAL MATCH (entry:AuditEntry {id: $auditId})
SET entry.detail = $detail
RETURN count(entry) AS marked
