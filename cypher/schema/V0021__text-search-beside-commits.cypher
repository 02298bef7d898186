// Feedback is indexed beside the transactions that store it: the three indexes took more than half of what the database does for a report. Who needs
// all that was committed before asks the database to catch up first.
DROP INDEX feedback_text_english IF EXISTS;
CREATE FULLTEXT INDEX feedback_text_english IF NOT EXISTS FOR (n:Feedback) ON EACH [n.text]
OPTIONS { indexConfig: { `fulltext.analyzer`: 'english', `fulltext.eventually_consistent`: true } };
DROP INDEX feedback_text_cjk IF EXISTS;
CREATE FULLTEXT INDEX feedback_text_cjk IF NOT EXISTS FOR (n:Feedback) ON EACH [n.matchText]
OPTIONS { indexConfig: { `fulltext.analyzer`: 'cjk', `fulltext.eventually_consistent`: true } };
DROP INDEX feedback_bands IF EXISTS;
CREATE FULLTEXT INDEX feedback_bands IF NOT EXISTS FOR (n:Feedback) ON EACH [n.bands]
OPTIONS { indexConfig: { `fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: true } };
