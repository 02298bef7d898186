// Holds some cars, then some feedback, to the end of the transaction: the relations of a car's reports are settled by one writer at a time.
//
// Params   $vehicleIds, $feedbackIds   LIST<STRING>, sorted: writers that take nodes in one order do not deadlock
// Returns  nothing
CALL () {
  UNWIND $vehicleIds AS id
  MATCH (v:Vehicle {id: id})
  SET v.held = true
  REMOVE v.held
}
CALL () {
  UNWIND $feedbackIds AS id
  MATCH (record:Feedback {id: id})
  SET record.held = true
  REMOVE record.held
}
