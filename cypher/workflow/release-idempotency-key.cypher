// Frees a key whose call did not come to an answer worth keeping.
//
// Params   $id  STRING
// Returns  nothing
MATCH (key:IdempotencyKey {id: $id, state: 'running'})
DELETE key
