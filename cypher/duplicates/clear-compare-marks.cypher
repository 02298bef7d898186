// Takes the mark off feedback that was compared.
//
// Params   $ids   LIST<STRING>
// Returns  nothing
UNWIND $ids AS id
MATCH (record:Feedback {id: id})
REMOVE record.compare
