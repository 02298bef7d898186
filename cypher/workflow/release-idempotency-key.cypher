// Frees a key whose call did not come to an answer worth keeping, unless another caller took it over.
//
// Params   $id, $claimId  STRING
// Returns  nothing
MATCH (key:IdempotencyKey {id: $id, claimId: $claimId, state: 'running'})
DELETE key
