// Suggestions of a subject that are offered or decided, with their decisions, oldest first.
//
// Params   $subjectKey   STRING
// Returns  one row a suggestion; superseded ones only where a person decided on them
MATCH (suggestion:Suggestion {subjectKey: $subjectKey})
WITH suggestion, COLLECT { MATCH (decision:Decision)-[:DECIDES]->(suggestion)
  RETURN {verdict: decision.verdict, by: decision.by, at: decision.at, reason: decision.reason, edited: decision.edited} ORDER BY decision.at } AS decisions
WHERE suggestion.status <> 'superseded' OR size(decisions) > 0
RETURN suggestion.id AS suggestionId, suggestion.status AS status, suggestion.content AS content, decisions AS decisions
ORDER BY suggestion.kind, suggestion.rank, suggestionId
