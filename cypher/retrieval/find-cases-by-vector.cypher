// Closest cases to a query, by cosine similarity of embeddings. The index cannot filter: $fetch is larger than $k, and the cut comes last.
//
// Params   $embedding       LIST<FLOAT>, length = embedding dimension, unit norm
//          $embeddingModel  STRING, vectors of other models are left out
//          $asOf            STRING or null, the later end of the instant in UTC
//          $kinds           LIST<STRING> or null
//          $fetch           INTEGER, candidates taken from the index
//          $k               INTEGER, 1..2000
// Returns  best first; cosineSimilarity in [-1, 1], quantised
// Index    case_embedding
CALL db.index.vector.queryNodes('case_embedding', toInteger($fetch), $embedding) YIELD node AS pastCase, score
WHERE pastCase.embeddingModel = $embeddingModel
  AND ($asOf IS NULL OR (coalesce(pastCase.closedAt, '') <= $asOf AND coalesce(pastCase.receivedAt, pastCase.closedAt, '') <= $asOf))
  AND ($kinds IS NULL OR pastCase.kind IN $kinds)
RETURN pastCase.id AS caseId, 2 * score - 1 AS cosineSimilarity
ORDER BY cosineSimilarity DESC, caseId
LIMIT toInteger($k)
