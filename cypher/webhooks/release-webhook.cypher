// Gives a webhook back before its lease runs out.
//
// Params   $webhookId, $runId  STRING
// Returns  nothing
MATCH (webhook:Webhook {id: $webhookId, runId: $runId})
REMOVE webhook.runId, webhook.leaseUntil
