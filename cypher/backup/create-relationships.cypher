// Writes relationships of a backup between nodes written before.
//
// Params   $rows  LIST<MAP> from, to, type, properties
// Returns  one row
UNWIND $rows AS row
MATCH (a)
WHERE elementId(a) = row.from
MATCH (b)
WHERE elementId(b) = row.to
CREATE (a)-[r:$(row.type)]->(b)
SET r = row.properties
RETURN count(r) AS written
