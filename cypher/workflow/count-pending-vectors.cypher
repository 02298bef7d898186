// Texts whose vector is still missing.
//
// Params   none
// Returns  one row
CALL () { MATCH (feedback:Feedback {embed: true}) RETURN count(feedback) AS feedback }
CALL () { MATCH (past:Case {embed: true}) RETURN count(past) AS cases }
RETURN feedback AS feedback, cases AS cases
