// Every node with its properties, for the graph hash. Vectors, sealed VINs and times of writing are left out: they follow from what is
// hashed, or say only when it was written.
//
// Params   none
// Returns  one row a node, in no order
MATCH (n)
WHERE NOT n:Migration AND NOT n:IdempotencyKey
RETURN labels(n) AS labels, n {.*, embedding: null, embeddingModel: null, embed: null, compare: null, gather: null, vinSealed: null, changedAt: null, weighedAt: null, weighedWith: null} AS properties
