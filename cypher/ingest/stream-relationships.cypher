// Every relationship with its ends and properties, for the graph hash.
//
// Params   none
// Returns  one row a relationship, in no order
MATCH (a)-[r]->(b)
RETURN labels(a) AS fromLabels, a.id AS fromId, type(r) AS type, properties(r) AS properties, labels(b) AS toLabels, b.id AS toId
