// Gives the lock of migrating back if it is still ours.
//
// Params   $owner STRING
// Returns  nothing
MATCH (lock:Migration {id: 'lock'})
WHERE lock.lockedBy = $owner
REMOVE lock.lockedBy, lock.lockedUntil
