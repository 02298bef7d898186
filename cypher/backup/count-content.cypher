// How much a graph holds, applied schema files left out.
//
// Params   none
// Returns  one row
CALL () { MATCH (n) WHERE NOT n:Migration RETURN count(n) AS nodes }
CALL () { MATCH ()-[r]->() RETURN count(r) AS relationships }
RETURN nodes, relationships
