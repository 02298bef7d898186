// Forgets events of before an instant, with their deliveries; those that still wait for an active webhook stay.
//
// Params   $before  STRING, instant
//          $limit   INTEGER
// Returns  one row
// Index    outbox_event_at
MATCH (event:OutboxEvent)
WHERE event.at < $before
  AND NOT EXISTS {
    MATCH (waiting:WebhookDelivery {eventId: event.id, state: 'pending'}), (webhook:Webhook {id: waiting.webhookId, state: 'active'})
    RETURN waiting
  }
WITH event
LIMIT toInteger($limit)
CALL (event) {
  MATCH (delivery:WebhookDelivery {eventId: event.id})
  DELETE delivery
}
DELETE event
RETURN count(*) AS purged
