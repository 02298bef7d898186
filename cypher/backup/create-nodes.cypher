// Writes nodes of a backup with their labels.
//
// Params   $rows  LIST<MAP> at (its place), labels, properties
// Returns  one row a node
UNWIND $rows AS row
CREATE (n:$(row.labels))
SET n = row.properties
RETURN row.at AS at, elementId(n) AS node
