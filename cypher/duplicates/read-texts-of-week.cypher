// What the feedback of one week is found by among nearly equal texts.
//
// Params   $from, $to   STRING, instants of the event; $to is not in it
// Returns  one row a feedback whose text is distinctive
// Index    feedback_occurred_at
MATCH (record:Feedback)
WHERE record.occurredAt >= $from AND record.occurredAt < $to AND record.bands <> ''
RETURN record.id AS id, record.vehicleId IS NOT NULL AS hasVehicle, record.bands AS bands
