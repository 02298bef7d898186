// Keeps the answer that a repeated call gets again. A caller whose lease ran out and was taken over changes nothing.
//
// Params   $id, $claimId  STRING
//          $status        INTEGER, HTTP status
//          $body          STRING, as sent
//          $location      STRING or null, the header
// Returns  nothing
MATCH (key:IdempotencyKey {id: $id, claimId: $claimId})
SET key.state = 'done', key.status = toInteger($status), key.body = $body, key.location = $location
