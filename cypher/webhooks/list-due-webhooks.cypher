// Webhooks with a delivery whose time has come.
//
// Params   $at  STRING, instant
// Returns  one row a webhook
// Index    webhook_delivery_due
MATCH (delivery:WebhookDelivery {state: 'pending'})
WHERE delivery.nextAttemptAt <= $at
WITH DISTINCT delivery.webhookId AS webhookId
MATCH (webhook:Webhook {id: webhookId, state: 'active'})
RETURN webhook.id AS webhookId
ORDER BY webhookId
