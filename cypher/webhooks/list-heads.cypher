// The first waiting delivery of each subject of a webhook, as far as its time has come: what follows waits for it.
//
// Params   $webhookId  STRING
//          $at         STRING, instant
//          $limit      INTEGER
// Returns  one row a delivery, in the order of the changes; log is JSON
MATCH (delivery:WebhookDelivery {webhookId: $webhookId, state: 'pending'})
WITH delivery
ORDER BY delivery.place, delivery.id
WITH delivery.subject AS subject, head(collect(delivery)) AS first
WHERE first.nextAttemptAt <= $at
WITH first
ORDER BY first.place, first.id
LIMIT toInteger($limit)
MATCH (event:OutboxEvent {id: first.eventId})
RETURN first.id AS deliveryId, first.eventId AS eventId, first.type AS type, first.subject AS subject, first.attempts AS attempts,
       first.startedAt AS startedAt, event.at AS eventAt, event.clock AS clock, event.body AS body, first.log AS log
ORDER BY first.place, first.id
