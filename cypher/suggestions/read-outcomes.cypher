// Actions of closed cases of a class, and what is known of how they turned out.
//
// Params   $components, $symptoms   LIST<STRING> or null: any
//          $knownUntil              STRING, instant; cases received or closed later are left out
// Returns  one row an action; verification is JSON; recurred: the watch saw its cars fail again
MATCH (pastCase:Case)-[:CONTAINED_BY|CORRECTED_BY]->(action:Action)
WHERE pastCase.closedAt IS NOT NULL AND pastCase.closedAt <= $knownUntil AND coalesce(pastCase.receivedAt, '') <= $knownUntil
  AND ($components IS NULL OR EXISTS { MATCH (pastCase)-[:ON]->(component:Component) WHERE component.id IN $components })
  AND ($symptoms IS NULL OR EXISTS { MATCH (pastCase)-[:SHOWED]->(symptom:Symptom) WHERE symptom.id IN $symptoms })
RETURN action.id AS actionId, pastCase.id AS caseId, action.kind AS kind, coalesce(action.actionType, 'other') AS actionType, action.text AS text,
       pastCase.verification AS verification, EXISTS { (action)-[:RECURRED_AS]->(:ActionRecurrence) } AS recurred
ORDER BY actionId
LIMIT 1000
