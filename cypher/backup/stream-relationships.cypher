// Every relationship as it stands, for a backup.
//
// Params   none
// Returns  one row a relationship, in no order; from and to are keys of its ends
MATCH (a)-[r]->(b)
RETURN elementId(a) AS from, elementId(b) AS to, type(r) AS type, properties(r) AS properties
