// Erasures the audit trail knows, oldest first. Subjects are hashes.
//
// Params   none
// Returns  one row an erasure; entry holds all that was noted
MATCH (entry:AuditEntry)
WHERE entry.action IN ['person.erase', 'vehicle.erase'] AND entry.at IS NOT NULL
RETURN entry.action AS action, entry.subject AS subject, properties(entry) AS entry
ORDER BY entry.at
