// Forgets a webhook and what was to be sent to it.
//
// Params   $webhookId  STRING
// Returns  one row; removed: 0 where there is none
OPTIONAL MATCH (webhook:Webhook {id: $webhookId})
WITH webhook, CASE WHEN webhook IS NULL THEN 0 ELSE 1 END AS removed
CALL (webhook) {
  MATCH (delivery:WebhookDelivery {webhookId: webhook.id})
  DELETE delivery
}
DELETE webhook
RETURN removed AS removed
