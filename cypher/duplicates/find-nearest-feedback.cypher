// Feedback nearest to a text, by cosine similarity of embeddings.
//
// Params   $id              STRING, left out
//          $embedding       LIST<FLOAT>, length = embedding dimension, unit norm
//          $embeddingModel  STRING, vectors of other models are left out
//          $k               INTEGER, 1..200
// Returns  best first; cosine in [-1, 1], quantised
// Index    feedback_embedding
CALL db.index.vector.queryNodes('feedback_embedding', toInteger($k), $embedding) YIELD node AS record, score
WHERE record.id <> $id AND record.embeddingModel = $embeddingModel
RETURN record.id AS id, record.vehicleId AS vehicleId, record.language AS language, 2 * score - 1 AS cosine
ORDER BY cosine DESC, id
