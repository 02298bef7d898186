// Opens the graph again.
//
// Params   none
// Returns  nothing
MATCH (mark:Migration {id: 'restore'})
DELETE mark
