// One webhook with how its deliveries stand.
//
// Params   $webhookId  STRING
// Returns  at most one row
MATCH (webhook:Webhook {id: $webhookId})
RETURN webhook.id AS webhookId, webhook.url AS url, webhook.events AS events, webhook.description AS description, webhook.state AS state,
       webhook.createdAt AS createdAt, webhook.failingSince AS failingSince, webhook.disabledAt AS disabledAt, webhook.disabledReason AS disabledReason,
       webhook.secretSealed AS secretSealed,
       COUNT { (:WebhookDelivery {webhookId: webhook.id, state: 'pending'}) } AS pending,
       COUNT { (:WebhookDelivery {webhookId: webhook.id, state: 'delivered'}) } AS delivered,
       COUNT { (:WebhookDelivery {webhookId: webhook.id, state: 'failed'}) } AS failed
