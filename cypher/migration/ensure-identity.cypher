// Makes file names unique among the migrations before the first of them is recorded or the lock is taken.
//
// Params   none
// Returns  nothing
CREATE CONSTRAINT migration_id IF NOT EXISTS FOR (n:Migration) REQUIRE n.id IS UNIQUE
