// What people do with an issue, its running clocks, and events on their way to other systems.
CREATE CONSTRAINT issue_change_id IF NOT EXISTS FOR (n:IssueChange) REQUIRE n.id IS UNIQUE;
CREATE INDEX issue_clocks IF NOT EXISTS FOR (n:Issue) ON (n.clocks);
CREATE INDEX issue_last_activity_at IF NOT EXISTS FOR (n:Issue) ON (n.lastActivityAt);
CREATE INDEX issue_opened_at IF NOT EXISTS FOR (n:Issue) ON (n.openedAt);
CREATE CONSTRAINT webhook_id IF NOT EXISTS FOR (n:Webhook) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT outbox_event_id IF NOT EXISTS FOR (n:OutboxEvent) REQUIRE n.id IS UNIQUE;
CREATE INDEX outbox_event_at IF NOT EXISTS FOR (n:OutboxEvent) ON (n.at);
CREATE CONSTRAINT webhook_delivery_id IF NOT EXISTS FOR (n:WebhookDelivery) REQUIRE n.id IS UNIQUE;
CREATE INDEX webhook_delivery_due IF NOT EXISTS FOR (n:WebhookDelivery) ON (n.state, n.nextAttemptAt);
CREATE INDEX webhook_delivery_webhook IF NOT EXISTS FOR (n:WebhookDelivery) ON (n.webhookId, n.state);
CREATE INDEX webhook_delivery_event IF NOT EXISTS FOR (n:WebhookDelivery) ON (n.eventId);
MATCH (n:Issue) WHERE n.clocks IS NULL
CALL (n) { SET n.clocks = 'open' } IN TRANSACTIONS OF 10000 ROWS;
