// A fixed sample of vectors with the language of their texts, to learn which similarity is usual. The order of text hashes is random towards the
// contents and the same on every call.
//
// Params   $embeddingModel  STRING, or null: of any model
//          $k               INTEGER, 1..2000, texts looked at
// Returns  at most $k rows
// Index    feedback_text_sha256
MATCH (record:Feedback)
WHERE record.textSha256 > ''
WITH record ORDER BY record.textSha256 LIMIT toInteger($k)
WHERE ($embeddingModel IS NULL OR record.embeddingModel = $embeddingModel) AND record.embedding IS NOT NULL
RETURN record.language AS language, record.embedding AS embedding, record.embeddingModel AS embeddingModel
