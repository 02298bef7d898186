// Feedback to compare with other feedback: what is still to be done, and the words its bands of MinHash are found by.
CREATE INDEX feedback_compare IF NOT EXISTS FOR (n:Feedback) ON (n.compare);
CREATE FULLTEXT INDEX feedback_bands IF NOT EXISTS FOR (n:Feedback) ON EACH [n.bands]
OPTIONS { indexConfig: { `fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: false } };
MATCH (n:Feedback) WHERE n.compare IS NULL
CALL (n) { SET n.compare = true } IN TRANSACTIONS OF 10000 ROWS;
