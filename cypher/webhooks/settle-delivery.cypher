// Keeps what came of an attempt, and how the webhook stands.
//
// Params   $webhookId, $deliveryId, $at, $state, $log   STRING
//          $nextAttemptAt, $error, $failingSince, $disable  STRING or null; disable: why the webhook is disabled, if it is
//          $status  INTEGER or null
// Returns  nothing
MATCH (delivery:WebhookDelivery {id: $deliveryId})
SET delivery.state = $state, delivery.attempts = delivery.attempts + 1, delivery.startedAt = coalesce(delivery.startedAt, $at),
    delivery.nextAttemptAt = $nextAttemptAt, delivery.lastStatus = toInteger($status), delivery.lastError = $error, delivery.log = $log,
    delivery.deliveredAt = CASE WHEN $state = 'delivered' THEN $at ELSE delivery.deliveredAt END
WITH delivery
MATCH (webhook:Webhook {id: $webhookId})
SET webhook.failingSince = $failingSince
WITH webhook
WHERE $disable IS NOT NULL
SET webhook.state = 'disabled', webhook.disabledAt = $at, webhook.disabledReason = $disable
