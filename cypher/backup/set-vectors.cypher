// Writes the vectors of nodes in the form of the vector indexes.
//
// Params   $rows  LIST<MAP> node, embedding
// Returns  one row
UNWIND $rows AS row
MATCH (n)
WHERE elementId(n) = row.node
CALL db.create.setNodeVectorProperty(n, 'embedding', row.embedding)
RETURN count(n) AS written
