// Webhooks, oldest first.
//
// Params   $afterCreatedAt, $afterId  STRING or null: the last webhook of the page before
//          $limit  INTEGER
// Returns  one row a webhook
MATCH (webhook:Webhook)
WHERE $afterCreatedAt IS NULL OR webhook.createdAt > $afterCreatedAt OR (webhook.createdAt = $afterCreatedAt AND webhook.id > $afterId)
WITH webhook
ORDER BY webhook.createdAt, webhook.id
LIMIT toInteger($limit)
RETURN webhook.id AS webhookId, webhook.url AS url, webhook.events AS events, webhook.description AS description, webhook.state AS state,
       webhook.createdAt AS createdAt, webhook.failingSince AS failingSince, webhook.disabledAt AS disabledAt, webhook.disabledReason AS disabledReason,
       webhook.secretSealed AS secretSealed,
       COUNT { (:WebhookDelivery {webhookId: webhook.id, state: 'pending'}) } AS pending,
       COUNT { (:WebhookDelivery {webhookId: webhook.id, state: 'delivered'}) } AS delivered,
       COUNT { (:WebhookDelivery {webhookId: webhook.id, state: 'failed'}) } AS failed
ORDER BY createdAt, webhookId
