// What no key of the vocabulary fits: the queue of clauses, and the feedback whose clauses are still to be gathered.
CREATE CONSTRAINT unmapped_clause_id IF NOT EXISTS FOR (n:UnmappedClause) REQUIRE n.id IS UNIQUE;
CREATE INDEX unmapped_clause_version IF NOT EXISTS FOR (n:UnmappedClause) ON (n.vocabularyVersion);
CREATE INDEX unmapped_clause_received_at IF NOT EXISTS FOR (n:UnmappedClause) ON (n.receivedAt);
CREATE INDEX feedback_gather IF NOT EXISTS FOR (n:Feedback) ON (n.gather);
