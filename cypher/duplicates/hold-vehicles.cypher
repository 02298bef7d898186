// Holds some cars to the end of the transaction: the relations of a car's reports are settled by one writer at a time.
//
// Params   $ids   LIST<STRING>, sorted: writers that take nodes in one order do not deadlock
// Returns  nothing
UNWIND $ids AS id
MATCH (v:Vehicle {id: id})
SET v.held = true
REMOVE v.held
