// Shuts the graph while a backup is read into it: a Fishbone that starts reads this as a schema file it does not know.
//
// Params   $archive  STRING, what is read into it
//          $at       STRING, instant
// Returns  nothing
MERGE (mark:Migration {id: 'restore'})
SET mark.checksum = $archive, mark.appliedAt = $at
