// What cars of one model tell of one symptom: the usual question at each triage, beside which the same symptom of all models is much to read.
CREATE INDEX triage_symptom_of_model IF NOT EXISTS FOR (n:Triage) ON (n.symptom, n.model, n.receivedAt);
