// Forgets answers kept for repeated calls that tell of some feedback.
//
// Params   $needles  LIST<STRING>
// Returns  one row
MATCH (key:IdempotencyKey)
WHERE any(needle IN $needles WHERE key.body CONTAINS needle)
DETACH DELETE key
RETURN count(*) AS answers
