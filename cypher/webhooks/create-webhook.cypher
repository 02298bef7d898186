// Keeps a webhook.
//
// Params   $webhookId, $url, $createdAt, $createdBy, $secretSealed  STRING
//          $events       LIST<STRING>
//          $description  STRING or null
// Returns  one row
CREATE (webhook:Webhook {id: $webhookId, url: $url, events: $events, state: 'active', createdAt: $createdAt, createdBy: $createdBy, secretSealed: $secretSealed})
SET webhook.description = $description
RETURN webhook.id AS webhookId
