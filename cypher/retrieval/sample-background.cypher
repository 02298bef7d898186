// A fixed sample of what people say, to learn which score is usual for a case. The order of text hashes is random towards the contents and the
// same on every call.
//
// Params   $embeddingModel  STRING or null, whose vectors are taken
//          $k               INTEGER, 1..2000
// Returns  at most $k rows with the keys found in each; embedding is null where the text has no vector of that model
// Index    feedback_text_sha256
MATCH (feedback:Feedback)
WHERE feedback.textSha256 > ''
WITH feedback ORDER BY feedback.textSha256 LIMIT toInteger($k)
RETURN feedback.id AS feedbackId,
       feedback.text AS text,
       CASE WHEN feedback.embeddingModel = $embeddingModel THEN feedback.embedding END AS embedding,
       COLLECT { MATCH (feedback)-[:HOLDS]->(:Finding)-[:CONCERNS]->(c:Component) RETURN DISTINCT c.id } AS components,
       COLLECT {
         MATCH (feedback)-[:HOLDS]->(finding:Finding)-[:SHOWS]->(s:Symptom)
         WHERE NOT finding.negated AND NOT finding.past AND NOT finding.hypothetical
         RETURN DISTINCT s.id
       } AS symptoms,
       COLLECT { MATCH (feedback)-[:MENTIONS]->(d:Dtc) RETURN DISTINCT d.code } AS dtcs
