// Feedback that was written since an instant, with what it is found by among nearly equal texts.
//
// Params   $since   INTEGER, ms of the clock of the database
//          $known   LIST<STRING> id@changedAt, left out
//          $k       INTEGER, feedback at most
// Returns  one row; now: ms of the clock of the database
// Index    feedback_changed_at
CALL () {
  MATCH (record:Feedback)
  WHERE record.changedAt >= toInteger($since) AND record.bands <> '' AND NOT record.id + '@' + toString(record.changedAt) IN $known
  WITH record LIMIT toInteger($k)
  RETURN collect({
    id: record.id, hasVehicle: record.vehicleId IS NOT NULL, bands: record.bands, occurredAt: record.occurredAt, changedAt: record.changedAt
  }) AS texts
}
RETURN timestamp() AS now, texts AS texts
