// Keeps what an event tells, once: every attempt and replay sends the same.
//
// Params   $eventId, $body  STRING
// Returns  one row
MATCH (event:OutboxEvent {id: $eventId})
SET event.body = coalesce(event.body, $body)
RETURN event.body AS body
