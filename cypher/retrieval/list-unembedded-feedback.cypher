// Feedback whose vector is still missing.
//
// Params   $k  INTEGER, 1..2000
// Returns  at most $k rows
// Index    feedback_embed
MATCH (record:Feedback {embed: true})
WITH record LIMIT toInteger($k)
RETURN record.id AS id, coalesce(record.textSha256, '') AS textSha256, coalesce(record.text, '') AS text
