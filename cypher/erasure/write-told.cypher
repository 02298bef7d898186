// Puts back what was made of feedback, without its words.
//
// Params   $rows  LIST<{label STRING, id STRING, content STRING (JSON)}>
// Returns  one row
UNWIND $rows AS row
CALL (row) { WITH row WHERE row.label = 'Triage' MATCH (told:Triage {id: row.id}) SET told.content = row.content }
CALL (row) { WITH row WHERE row.label = 'SuggestionSet' MATCH (told:SuggestionSet {id: row.id}) SET told.content = row.content }
CALL (row) { WITH row WHERE row.label = 'Suggestion' MATCH (told:Suggestion {id: row.id}) SET told.content = row.content }
CALL (row) { WITH row WHERE row.label = 'Analysis' MATCH (told:Analysis {id: row.id}) SET told.content = row.content }
RETURN count(row) AS written
