// Suggestions that people took, edited or verified, with the set they were offered in.
//
// Params   $verdicts   LIST<STRING>
// Returns  one row a suggestion, oldest decision first; content and setContent are JSON
MATCH (decision:Decision)-[:DECIDES]->(suggestion:Suggestion)
WITH suggestion, decision ORDER BY decision.at
WITH suggestion, collect(decision)[-1] AS last
WHERE last.verdict IN $verdicts
CALL (suggestion, last) {
  MATCH (made:SuggestionSet)-[:OFFERS]->(suggestion) WHERE made.madeAt <= last.at
  RETURN made.content AS setContent ORDER BY made.madeAt DESC LIMIT 1
}
RETURN suggestion.id AS suggestionId, suggestion.kind AS kind, suggestion.content AS content, setContent AS setContent, last.verdict AS verdict,
       last.at AS at, last.edited AS edited, last.reason AS reason
ORDER BY at, suggestionId
LIMIT 50000
