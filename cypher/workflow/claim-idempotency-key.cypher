// Takes an idempotency key, or tells what it stands for. The first SET holds the node's lock, so one of two callers wins.
//
// Params   $id, $requestSha256, $claimId                  STRING; claimId is this caller's own
//          $at, $lockedUntil, $expiresAt                  STRING, instants
// Returns  one row; taken says that this caller holds the key
MERGE (key:IdempotencyKey {id: $id})
SET key.touchedAt = $at
WITH key,
     key.state IS NULL OR key.expiresAt <= $at OR (key.state = 'running' AND key.lockedUntil <= $at AND key.requestSha256 = $requestSha256) AS free
FOREACH (_ IN CASE WHEN free THEN [1] ELSE [] END |
  SET key.state = 'running', key.requestSha256 = $requestSha256, key.claimId = $claimId,
      key.lockedUntil = $lockedUntil, key.expiresAt = $expiresAt, key.status = null, key.body = null, key.location = null)
RETURN key.claimId = $claimId AS taken, key.state AS state, key.requestSha256 AS requestSha256,
       key.lockedUntil AS lockedUntil, key.status AS status, key.body AS body, key.location AS location
