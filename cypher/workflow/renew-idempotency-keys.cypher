// Says that the calls that hold some keys still run; a key that another caller took over stays with that one.
//
// Params   $held         LIST<MAP> id, claimId (STRING)
//          $lockedUntil  STRING, instant
// Returns  nothing
UNWIND $held AS held
MATCH (key:IdempotencyKey {id: held.id})
WHERE key.state = 'running' AND key.claimId = held.claimId
SET key.lockedUntil = $lockedUntil
