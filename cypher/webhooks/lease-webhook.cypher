// Takes an active webhook for one sender, so that its events keep their order; a lease that ran out is taken over.
//
// Params   $webhookId, $runId  STRING
//          $at, $leaseUntil    STRING, instants
// Returns  one row where it was taken
MATCH (webhook:Webhook {id: $webhookId})
SET webhook.touchedAt = $at
WITH webhook
WHERE webhook.state = 'active' AND (webhook.leaseUntil IS NULL OR webhook.leaseUntil < $at OR webhook.runId = $runId)
SET webhook.runId = $runId, webhook.leaseUntil = $leaseUntil
RETURN webhook.id AS webhookId, webhook.url AS url, webhook.events AS events, webhook.description AS description, webhook.state AS state,
       webhook.createdAt AS createdAt, webhook.failingSince AS failingSince, webhook.disabledAt AS disabledAt, webhook.disabledReason AS disabledReason,
       webhook.secretSealed AS secretSealed,
       COUNT { (:WebhookDelivery {webhookId: webhook.id, state: 'pending'}) } AS pending,
       COUNT { (:WebhookDelivery {webhookId: webhook.id, state: 'delivered'}) } AS delivered,
       COUNT { (:WebhookDelivery {webhookId: webhook.id, state: 'failed'}) } AS failed
