// Stores the vectors of texts that have just arrived; a text that changed since it was read keeps its mark.
//
// Params   $vectors   LIST<MAP> id, text (as it was read), embedding (LIST<FLOAT>), embeddingModel
// Returns  nothing
UNWIND $vectors AS row
MATCH (record:Feedback {id: row.id})
WHERE record.text = row.text
CALL db.create.setNodeVectorProperty(record, 'embedding', row.embedding)
SET record.embeddingModel = row.embeddingModel, record.embed = false
