// Feedback and repair orders received by an instant that say anything.
//
// Params   $asOf   STRING, instant
// Returns  one row a record
// Index    feedback_received_at, repair_order_received_at
MATCH (record:Feedback) WHERE record.receivedAt <= $asOf AND EXISTS { (record)-[:HOLDS]->(:Finding) }
RETURN record.id AS id, true AS isFeedback
UNION ALL
MATCH (record:RepairOrder) WHERE record.receivedAt <= $asOf AND EXISTS { (record)-[:HOLDS]->(:Finding) }
RETURN record.id AS id, false AS isFeedback
