// Puts back what was made of feedback, without its words.
//
// Params   $rows  LIST<{label STRING, id STRING, content STRING (JSON)}>
// Returns  one row
UNWIND $rows AS row
MATCH (told:Triage|SuggestionSet|Suggestion|Analysis {id: row.id})
WHERE row.label IN labels(told)
SET told.content = row.content
RETURN count(told) AS written
