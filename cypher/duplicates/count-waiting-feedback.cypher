// How much feedback is still to be compared.
//
// Params   none
// Returns  one row
// Index    feedback_compare
MATCH (record:Feedback {compare: true})
RETURN count(record) AS waiting
