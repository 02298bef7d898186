// What still waits for a webhook that is disabled is never sent: it is given up. What was never tried says why.
//
// Params   $limit  INTEGER
// Returns  one row; givenUp: how many deliveries
// Index    webhook_delivery_webhook
MATCH (webhook:Webhook {state: 'disabled'})
MATCH (delivery:WebhookDelivery {webhookId: webhook.id, state: 'pending'})
WITH webhook, delivery
LIMIT toInteger($limit)
SET delivery.state = 'failed', delivery.nextAttemptAt = null,
    delivery.lastError = coalesce(delivery.lastError, 'not sent: the webhook is disabled, ' + webhook.disabledReason)
RETURN count(*) AS givenUp
