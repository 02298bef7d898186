// Closed cases of a class with a known cause.
//
// Params   $components, $symptoms   LIST<STRING> or null: any
//          $knownUntil              STRING, instant
// Returns  one row
MATCH (pastCase:Case)
WHERE pastCase.closedAt IS NOT NULL AND pastCase.closedAt <= $knownUntil AND coalesce(pastCase.receivedAt, '') <= $knownUntil
  AND pastCase.rootCause IS NOT NULL
  AND ($components IS NULL OR EXISTS { MATCH (pastCase)-[:ON]->(component:Component) WHERE component.id IN $components })
  AND ($symptoms IS NULL OR EXISTS { MATCH (pastCase)-[:SHOWED]->(symptom:Symptom) WHERE symptom.id IN $symptoms })
RETURN count(pastCase) AS cases
