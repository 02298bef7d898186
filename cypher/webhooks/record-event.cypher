// An event on its way to every active webhook that listens to its type, in the transaction of the change; nothing where none does.
//
// Params   $eventId, $type, $subject  STRING
//          $at                        STRING, instant
// Returns  one row; deliveries: how many webhooks it goes to
MATCH (webhook:Webhook {state: 'active'})
WHERE $type IN webhook.events
WITH collect(webhook.id) AS webhookIds
WITH webhookIds, datetime.realtime() AS clock
FOREACH (_ IN CASE WHEN size(webhookIds) = 0 THEN [] ELSE [1] END | CREATE (:OutboxEvent {id: $eventId, type: $type, subject: $subject, at: $at}))
FOREACH (webhookId IN webhookIds |
  CREATE (:WebhookDelivery {id: $eventId + '.' + webhookId, eventId: $eventId, webhookId: webhookId, type: $type, subject: $subject,
    place: clock.epochSeconds * 1000000 + clock.microsecond, state: 'pending', attempts: 0, replays: 0, createdAt: $at, nextAttemptAt: $at}))
RETURN size(webhookIds) AS deliveries
