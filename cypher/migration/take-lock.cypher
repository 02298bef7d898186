// Takes the lock of migrating when it is free, ours, or past its time: its holder may have been killed. The clock is the database's.
//
// Params   $owner   STRING, random
//          $leaseMs INTEGER, how long it is held at most
// Returns  one row; taken tells whether it is ours now
MERGE (lock:Migration {id: 'lock'})
SET lock.lockedBy = CASE WHEN lock.lockedBy IS NULL OR lock.lockedBy = $owner OR lock.lockedUntil < timestamp() THEN $owner ELSE lock.lockedBy END
SET lock.lockedUntil = CASE WHEN lock.lockedBy = $owner THEN timestamp() + toInteger($leaseMs) ELSE lock.lockedUntil END
RETURN lock.lockedBy = $owner AS taken
