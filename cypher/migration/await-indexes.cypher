// Waits until every index is filled and answers.
//
// Params   $seconds INTEGER, how long at most
// Returns  nothing
CALL db.awaitIndexes(toInteger($seconds))
