// Deliveries of one webhook, newest first.
//
// Params   $webhookId  STRING
//          $state      STRING or null, any
//          $afterPlace INTEGER or null, $afterId STRING or null: the last delivery of the page before
//          $limit      INTEGER
// Returns  one row a delivery; log is JSON
MATCH (delivery:WebhookDelivery {webhookId: $webhookId})
WHERE ($state IS NULL OR delivery.state = $state)
  AND ($afterPlace IS NULL OR delivery.place < toInteger($afterPlace) OR (delivery.place = toInteger($afterPlace) AND delivery.id < $afterId))
WITH delivery
ORDER BY delivery.place DESC, delivery.id DESC
LIMIT toInteger($limit)
RETURN delivery.id AS deliveryId, delivery.eventId AS eventId, delivery.type AS type, delivery.subject AS subject, delivery.state AS state,
       delivery.attempts AS attempts, delivery.createdAt AS createdAt, delivery.nextAttemptAt AS nextAttemptAt, delivery.deliveredAt AS deliveredAt,
       delivery.lastStatus AS lastStatus, delivery.lastError AS lastError, delivery.log AS log, delivery.replays AS replays, delivery.place AS place
ORDER BY place DESC, deliveryId DESC
