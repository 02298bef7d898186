// Puts a delivery behind those that wait, to be sent again with the same event.
//
// Params   $webhookId, $deliveryId  STRING
//          $at  STRING, instant
// Returns  at most one row; log is JSON
MATCH (delivery:WebhookDelivery {id: $deliveryId, webhookId: $webhookId})
WITH delivery, datetime.realtime() AS clock
SET delivery.state = 'pending', delivery.attempts = 0, delivery.startedAt = null, delivery.deliveredAt = null, delivery.nextAttemptAt = $at,
    delivery.replays = delivery.replays + 1, delivery.place = clock.epochSeconds * 1000000 + clock.microsecond
RETURN delivery.id AS deliveryId, delivery.eventId AS eventId, delivery.type AS type, delivery.subject AS subject, delivery.state AS state,
       delivery.attempts AS attempts, delivery.createdAt AS createdAt, delivery.nextAttemptAt AS nextAttemptAt, delivery.deliveredAt AS deliveredAt,
       delivery.lastStatus AS lastStatus, delivery.lastError AS lastError, delivery.log AS log, delivery.replays AS replays, delivery.place AS place
