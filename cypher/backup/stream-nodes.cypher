// Every node as it stands, for a backup. Applied schema files and their lock belong to the database, not to what is in it.
//
// Params   none
// Returns  one row a node, in no order; key names it within this reading
MATCH (n)
WHERE NOT n:Migration
RETURN elementId(n) AS key, labels(n) AS labels, properties(n) AS properties
