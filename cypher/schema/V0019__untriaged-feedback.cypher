// Feedback that arrived and has no triage yet: whoever took it in may have died in between.
CREATE INDEX feedback_awaits_triage IF NOT EXISTS FOR (n:Feedback) ON (n.awaitsTriage);
