// Stores the vector of a text that has just arrived; a text that changed since it was read keeps its mark.
//
// Params   $id              STRING
//          $text            STRING, as it was read
//          $embedding       LIST<FLOAT>
//          $embeddingModel  STRING
// Returns  nothing
MATCH (record:Feedback {id: $id})
WHERE record.text = $text
CALL db.create.setNodeVectorProperty(record, 'embedding', $embedding)
SET record.embeddingModel = $embeddingModel, record.embed = false
