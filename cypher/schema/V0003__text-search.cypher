// Search over texts. English words are stemmed on the text as shown; Han text is cut into pairs on its matching copy, which holds full-width
// forms and traditional characters as their plain ones.
CREATE FULLTEXT INDEX feedback_text_english IF NOT EXISTS FOR (n:Feedback) ON EACH [n.text]
OPTIONS { indexConfig: { `fulltext.analyzer`: 'english', `fulltext.eventually_consistent`: false } };
CREATE FULLTEXT INDEX feedback_text_cjk IF NOT EXISTS FOR (n:Feedback) ON EACH [n.matchText]
OPTIONS { indexConfig: { `fulltext.analyzer`: 'cjk', `fulltext.eventually_consistent`: false } };
CREATE FULLTEXT INDEX case_text_english IF NOT EXISTS FOR (n:Case) ON EACH [n.text]
OPTIONS { indexConfig: { `fulltext.analyzer`: 'english', `fulltext.eventually_consistent`: false } };
CREATE FULLTEXT INDEX case_text_cjk IF NOT EXISTS FOR (n:Case) ON EACH [n.matchText]
OPTIONS { indexConfig: { `fulltext.analyzer`: 'cjk', `fulltext.eventually_consistent`: false } };
CREATE FULLTEXT INDEX repair_order_text_english IF NOT EXISTS FOR (n:RepairOrder) ON EACH [n.text]
OPTIONS { indexConfig: { `fulltext.analyzer`: 'english', `fulltext.eventually_consistent`: false } };
CREATE FULLTEXT INDEX repair_order_text_cjk IF NOT EXISTS FOR (n:RepairOrder) ON EACH [n.matchText]
OPTIONS { indexConfig: { `fulltext.analyzer`: 'cjk', `fulltext.eventually_consistent`: false } };
