// Deletes what of some feedback waits among the words no key fits.
//
// Params   $feedbackIds  LIST<STRING>
// Returns  nothing
MATCH (clause:UnmappedClause)-[:LEFT_BY]->(feedback:Feedback)
WHERE feedback.id IN $feedbackIds
DETACH DELETE clause
