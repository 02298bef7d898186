// One suggestion with what its cars meet, and what was decided of it, oldest first.
//
// Params   $suggestionId   STRING
// Returns  one row, or none
MATCH (suggestion:Suggestion {id: $suggestionId})
RETURN suggestion.id AS suggestionId, suggestion.subjectKey AS subjectKey, suggestion.kind AS kind, suggestion.status AS status,
       suggestion.actionType AS actionType, suggestion.scope AS scope, suggestion.content AS content,
       head(COLLECT { MATCH (suggestion)-[:FOR]->(issue:Issue) RETURN issue.id }) AS issueId,
       COLLECT { MATCH (suggestion)-[:REPEATS]->(action:Action) RETURN action.id ORDER BY action.id } AS actionIds,
       COLLECT { MATCH (decision:Decision)-[:DECIDES]->(suggestion)
         RETURN {verdict: decision.verdict, by: decision.by, at: decision.at, reason: decision.reason, edited: decision.edited} ORDER BY decision.at } AS decisions
