// Writes vectors and clears the mark. A text that changed since it was read keeps its mark, and is embedded in the next round.
//
// Params   $vectors         LIST<MAP> id, textSha256, embedding
//          $embeddingModel  STRING
// Returns  one row: how many were written
UNWIND $vectors AS row
MATCH (record:Feedback {id: row.id})
WHERE record.textSha256 = row.textSha256
CALL db.create.setNodeVectorProperty(record, 'embedding', row.embedding)
// What resembles it by meaning is not known yet: the report is compared again.
SET record.embeddingModel = $embeddingModel, record.embed = false, record.compare = true
// The vector of a complaint is also one of the cases it was confirmed for: the search must look at them again.
FOREACH (pastCase IN COLLECT { MATCH (record)-[:CONFIRMED_FOR]->(confirmed:Case) RETURN confirmed } |
  SET pastCase.confirmationsChangedAt = toString(datetime.realtime()))
RETURN count(record) AS written
