// When confirmations of a case last changed: the newest is found without a scan, so a search sees a new one at once.
CREATE INDEX case_confirmations_changed IF NOT EXISTS FOR (n:Case) ON (n.confirmationsChangedAt);
