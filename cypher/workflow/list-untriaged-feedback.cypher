// Feedback that arrived and has no triage of what it says now.
//
// Params   $before  INTEGER, milliseconds since 1970: what was written later may be in its sender's hands
//          $k       INTEGER, 1..1000
// Returns  at most $k rows, the oldest first
// Index    feedback_awaits_triage
MATCH (record:Feedback {awaitsTriage: true})
WHERE record.changedAt < $before
  AND NOT EXISTS { MATCH (record)-[:TRIAGED_AS]->(triage:Triage) WHERE triage.feedbackSha256 = record.contentSha256 }
WITH record
ORDER BY record.changedAt, record.id
LIMIT toInteger($k)
RETURN record.id AS feedbackId
