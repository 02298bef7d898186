// Takes everything out of a graph; applied schema files stay.
//
// Params   none
// Returns  nothing
MATCH (n)
WHERE NOT n:Migration
CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS
