// Schema files that were applied, with the checksum each had then.
//
// Params   none
// Returns  one row a file, in order; the lock node is left out
MATCH (applied:Migration)
WHERE applied.checksum IS NOT NULL
RETURN applied.id AS file, applied.checksum AS checksum
ORDER BY file
