// The newest set of suggestions of a subject.
//
// Params   $subjectKey   STRING
// Returns  one row, or none
MATCH (made:SuggestionSet {subjectKey: $subjectKey})
RETURN made.id AS setId, made.content AS content
ORDER BY made.madeAt DESC, setId DESC
LIMIT 1
