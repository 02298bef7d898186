// What was written since a process last looked: each keeps what texts are found by in memory.
CREATE INDEX feedback_changed_at IF NOT EXISTS FOR (n:Feedback) ON (n.changedAt);
