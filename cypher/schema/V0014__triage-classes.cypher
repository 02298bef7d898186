// What triaged feedback is about, found by class and time without reading its text: whether other cars begin to tell the same.
CREATE INDEX triage_symptom IF NOT EXISTS FOR (n:Triage) ON (n.symptom, n.receivedAt);
CREATE INDEX triage_component IF NOT EXISTS FOR (n:Triage) ON (n.component, n.receivedAt);
CREATE INDEX triage_received_at IF NOT EXISTS FOR (n:Triage) ON (n.receivedAt);
