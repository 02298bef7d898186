// Lets every write to a node wait while the transaction is open: a change of the schema locks the labels it names against writers and not against
// readers. The transaction is rolled back, so no index is ever made. A test holds the labels against the graph model.
//
// Params   none
// Returns  nothing
CREATE FULLTEXT INDEX backup_holds_nodes
FOR (n:Action | ActionRecurrence | Alert | AlertScan | AlertWatch | Analysis | AuditEntry | Candidate | Case | Cause | Component | Decision | Dtc |
  FailureMode | Feedback | Finding | Hazard | IdempotencyKey | Issue | IssueChange | IssueClass | Job | ModelYear | OutboxEvent | Part | PartLot |
  Plant | RecordVersion | RepairOrder | ServiceCenter | Signal | SoftwareInstall | SoftwareRelease | Suggestion | SuggestionSet | Supplier | Symptom |
  TelemetrySnapshot | Triage | UnmappedClause | Vehicle | Webhook | WebhookDelivery)
ON EACH [n.id]
