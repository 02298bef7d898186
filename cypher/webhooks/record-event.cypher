// Events on their way to every active webhook that listens to their type, in the transaction of the change; nothing where none does.
//
// Params   $events   LIST<MAP> id, type, subject (STRING), at (STRING, instant), clock (STRING or null, of which it tells); in the order in which they happened
// Returns  one row; deliveries: how many there will be
MATCH (webhook:Webhook {state: 'active'})
WITH collect({id: webhook.id, events: webhook.events}) AS webhooks
UNWIND CASE WHEN size(webhooks) = 0 THEN [] ELSE range(0, size($events) - 1) END AS step
WITH step, $events[step] AS event, webhooks
WITH event, [webhook IN webhooks WHERE event.type IN webhook.events | webhook.id] AS webhookIds, datetime.realtime() AS clock, step
FOREACH (_ IN CASE WHEN size(webhookIds) = 0 THEN [] ELSE [1] END | CREATE (:OutboxEvent {id: event.id, type: event.type, subject: event.subject, at: event.at, clock: event.clock}))
FOREACH (webhookId IN webhookIds |
  CREATE (:WebhookDelivery {id: event.id + '.' + webhookId, eventId: event.id, webhookId: webhookId, type: event.type, subject: event.subject,
    place: clock.epochSeconds * 1000000 + clock.microsecond + step, state: 'pending', attempts: 0, replays: 0, createdAt: event.at, nextAttemptAt: event.at}))
RETURN sum(size(webhookIds)) AS deliveries
