// Has searches read the cases anew for which some feedback was confirmed.
//
// Params   $feedbackIds  LIST<STRING>
//          $at           STRING, instant
// Returns  nothing
MATCH (feedback:Feedback)-[:CONFIRMED_FOR]->(past:Case)
WHERE feedback.id IN $feedbackIds
SET past.confirmationsChangedAt = $at
