// Every node with its properties, for the graph hash. Vectors and sealed VINs are left out: they follow from what is hashed.
//
// Params   none
// Returns  one row a node, in no order
MATCH (n)
WHERE NOT n:Migration AND NOT n:IdempotencyKey
RETURN labels(n) AS labels, n {.*, embedding: null, embeddingModel: null, embed: null, vinSealed: null} AS properties
