// Deletes the keys whose time is over, at most 10,000 a call.
//
// Params   $at  STRING, instant
// Returns  one row
MATCH (key:IdempotencyKey)
WHERE key.expiresAt <= $at
WITH key LIMIT 10000
WITH collect(key) AS expired
FOREACH (key IN expired | DELETE key)
RETURN size(expired) AS purged
