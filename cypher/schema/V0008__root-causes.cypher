// Stored analyses and their ranked candidates; an issue's analyses are found through the issue.
CREATE CONSTRAINT analysis_id IF NOT EXISTS FOR (n:Analysis) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT candidate_id IF NOT EXISTS FOR (n:Candidate) REQUIRE n.id IS UNIQUE;
CREATE INDEX analysis_created_at IF NOT EXISTS FOR (n:Analysis) ON (n.createdAt);
