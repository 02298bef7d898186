// What a person decided of a suggestion.
//
// Params   $suggestionId, $decisionId, $verdict, $by, $at   STRING
//          $reason, $edited                                STRING or null
// Returns  one row, or none where there is no such suggestion
MATCH (suggestion:Suggestion {id: $suggestionId})
SET suggestion.status = $verdict
CREATE (:Decision {id: $decisionId, verdict: $verdict, by: $by, at: $at, reason: $reason, edited: $edited})-[:DECIDES]->(suggestion)
RETURN suggestion.id AS suggestionId, suggestion.subjectKey AS subjectKey
