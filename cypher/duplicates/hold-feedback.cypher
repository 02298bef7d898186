// Holds some feedback to the end of the transaction.
//
// Params   $ids   LIST<STRING>, sorted: writers that take nodes in one order do not deadlock
// Returns  nothing
UNWIND $ids AS id
MATCH (record:Feedback {id: id})
SET record.held = true
REMOVE record.held
