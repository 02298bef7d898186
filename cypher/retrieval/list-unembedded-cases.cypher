// Cases whose vector is still missing, with the prose that it is made of.
//
// Params   $k  INTEGER, 1..2000
// Returns  at most $k rows
// Index    case_embed
MATCH (record:Case {embed: true})
WITH record LIMIT toInteger($k)
RETURN record.id AS id, coalesce(record.textSha256, '') AS textSha256, record.kind AS kind, coalesce(record.title, '') AS title,
       record.symptom AS symptom, record.failureMode AS failureMode, record.failureEffect AS failureEffect, record.rootCause AS rootCause,
       coalesce(record.text, '') AS text
