// Makes vehicles that no master record has named yet and holds each to the end of the transaction: what a car carried and ran is derived from
// all its records, so two writers of one car must not derive at once.
//
// Params   $vehicles   LIST<MAP> id, vinSealed; sorted by id: writers that take nodes in one order do not deadlock
// Returns  one row a vehicle; contentSha256 is null while it is not known, hasHistory says that events or lots hang on it
UNWIND $vehicles AS row
MERGE (v:Vehicle {id: row.id})
ON CREATE SET v.known = false, v.vinSealed = row.vinSealed, v.changedAt = timestamp()
// A property of its own takes the lock: SET x = x reads before it waits, and would bring back what another writer has just replaced.
ON MATCH SET v.held = true
REMOVE v.held
RETURN v.id AS id,
       v.contentSha256 AS contentSha256,
       EXISTS { (v)<-[:REPAIRED|INSTALLED_ON|TAKEN_FROM]-() } OR EXISTS { (v)-[:BUILT_WITH|RAN]->() } AS hasHistory
