// The last decision on each suggestion, of all issues and classes.
//
// Params   $component, $symptom   STRING or null: the class asked about
//          $knownUntil            STRING, instant; decisions made later are left out
// Returns  one row a decided suggestion
MATCH (decision:Decision)-[:DECIDES]->(suggestion:Suggestion)
WHERE decision.at <= $knownUntil
WITH suggestion, decision ORDER BY decision.at
WITH suggestion, collect(decision)[-1] AS last
RETURN suggestion.kind AS kind, last.verdict AS verdict, suggestion.actionType AS actionType, suggestion.causeKind AS causeKind,
       suggestion.caseId AS caseId, suggestion.factors AS factors,
       (suggestion.component = $component OR (suggestion.component IS NULL AND $component IS NULL))
         AND (suggestion.symptom = $symptom OR (suggestion.symptom IS NULL AND $symptom IS NULL)) AS sameClass
ORDER BY suggestion.id
LIMIT 20000
