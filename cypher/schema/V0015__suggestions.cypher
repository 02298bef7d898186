// Suggestions of issues and classes, the sets they were made in, and what people decided.
CREATE CONSTRAINT suggestion_id IF NOT EXISTS FOR (n:Suggestion) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT suggestion_set_id IF NOT EXISTS FOR (n:SuggestionSet) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT decision_id IF NOT EXISTS FOR (n:Decision) REQUIRE n.id IS UNIQUE;
CREATE INDEX suggestion_set_subject_key IF NOT EXISTS FOR (n:SuggestionSet) ON (n.subjectKey);
CREATE INDEX suggestion_status IF NOT EXISTS FOR (n:Suggestion) ON (n.status);
