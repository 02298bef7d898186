// What the recurrence watch found, once an action; what is to be announced is found without a scan.
CREATE CONSTRAINT action_recurrence_id IF NOT EXISTS FOR (n:ActionRecurrence) REQUIRE n.id IS UNIQUE;
CREATE INDEX action_recurrence_announce IF NOT EXISTS FOR (n:ActionRecurrence) ON (n.announce);
