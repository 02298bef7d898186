// Marks what was embedded by another model: vectors of two models are never compared.
//
// Params   $embeddingModel  STRING, the model in use
// Returns  one row: how many were marked
MATCH (record:Case)
WHERE record.embeddingModel <> $embeddingModel
SET record.embed = true
RETURN count(record) AS marked
