// Feedback that is still to be compared.
//
// Params   $k   INTEGER, 1..2000
// Returns  at most $k rows; isLive: it arrived as feedback does, not as history
// Index    feedback_compare
MATCH (record:Feedback {compare: true})
WITH record LIMIT toInteger($k)
RETURN record.id AS id, record.vehicleId AS vehicleId, EXISTS { (record)-[:TRIAGED_AS]->() } AS isLive
