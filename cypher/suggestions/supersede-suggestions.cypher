// Proposed suggestions of a subject that a newer set no longer offers.
//
// Params   $subjectKey    STRING
//          $keptIds       LIST<STRING>
// Returns  nothing
MATCH (suggestion:Suggestion {subjectKey: $subjectKey})
WHERE suggestion.status = 'proposed' AND NOT suggestion.id IN $keptIds
SET suggestion.status = 'superseded'
