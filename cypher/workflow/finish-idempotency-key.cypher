// Keeps the answer that a repeated call gets again.
//
// Params   $id      STRING
//          $status  INTEGER, HTTP status
//          $body    STRING, as sent
// Returns  nothing
MATCH (key:IdempotencyKey {id: $id})
SET key.state = 'done', key.status = toInteger($status), key.body = $body
