// What was made of some feedback and holds its words: triages, and suggestions that quote it.
//
// Params   $feedbackIds  LIST<STRING>
// Returns  one row a record; content is JSON
UNWIND $feedbackIds AS feedbackId
MATCH (told:Triage {id: feedbackId})
RETURN 'Triage' AS label, told.id AS id, told.content AS content
UNION
MATCH (told:SuggestionSet)
WHERE ANY(feedbackId IN $feedbackIds WHERE told.content CONTAINS feedbackId)
RETURN 'SuggestionSet' AS label, told.id AS id, told.content AS content
UNION
MATCH (told:Suggestion)
WHERE ANY(feedbackId IN $feedbackIds WHERE told.content CONTAINS feedbackId)
RETURN 'Suggestion' AS label, told.id AS id, told.content AS content
UNION
MATCH (told:Analysis)
WHERE ANY(feedbackId IN $feedbackIds WHERE told.content CONTAINS feedbackId)
RETURN 'Analysis' AS label, told.id AS id, told.content AS content
