// Marks all feedback to be compared again.
//
// Params   none
// Returns  nothing
MATCH (record:Feedback)
CALL (record) { SET record.compare = true } IN TRANSACTIONS OF 5000 ROWS
