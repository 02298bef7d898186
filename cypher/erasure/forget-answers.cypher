// Forgets answers kept for repeated calls that tell of some feedback, and all that are sealed: what they tell of cannot be seen here.
//
// Params   $needles  LIST<STRING>
// Returns  one row
MATCH (key:IdempotencyKey)
WHERE any(needle IN $needles WHERE key.body CONTAINS needle) OR NOT key.body STARTS WITH '{'
DETACH DELETE key
RETURN count(*) AS answers
