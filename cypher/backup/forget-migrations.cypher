// Forgets which schema files an emptied graph had seen: what a backup holds may be older, and is brought up to date like any older graph.
//
// Params   none
// Returns  nothing
MATCH (applied:Migration)
WHERE applied.checksum IS NOT NULL AND applied.id <> 'restore'
DELETE applied
