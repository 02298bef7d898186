// What arriving feedback opens and joins, and the answers that are given again to a repeated call.
CREATE CONSTRAINT issue_class_id IF NOT EXISTS FOR (n:IssueClass) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT triage_id IF NOT EXISTS FOR (n:Triage) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT idempotency_key_id IF NOT EXISTS FOR (n:IdempotencyKey) REQUIRE n.id IS UNIQUE;
CREATE INDEX idempotency_key_expires_at IF NOT EXISTS FOR (n:IdempotencyKey) ON (n.expiresAt);
