// Actions of past cases, with the class and the affected parts, versions and models of their case.
//
// Params   $actionId, $caseId, $actionType   STRING or null, null is any
//          $knownUntil                       STRING, instant; cases received or closed later are left out
// Returns  one row an action, by day, those without one last
MATCH (pastCase:Case)-[taken:CONTAINED_BY|CORRECTED_BY]->(action:Action)
WHERE ($actionId IS NULL OR action.id = $actionId)
  AND ($caseId IS NULL OR pastCase.id = $caseId)
  AND ($actionType IS NULL OR coalesce(action.actionType, 'other') = $actionType)
  AND coalesce(pastCase.receivedAt, '') <= $knownUntil
  AND coalesce(pastCase.closedAt, '') <= $knownUntil
RETURN action.id AS actionId,
       pastCase.id AS caseId,
       action.kind AS kind,
       coalesce(action.actionType, 'other') AS actionType,
       action.text AS text,
       coalesce(taken.effectiveFrom, action.effectiveFrom) AS effectiveFrom,
       COLLECT { MATCH (pastCase)-[:ON]->(component:Component) RETURN component.id ORDER BY component.id } AS components,
       COLLECT { MATCH (pastCase)-[:SHOWED]->(symptom:Symptom) RETURN symptom.id ORDER BY symptom.id } AS symptoms,
       COLLECT { MATCH (pastCase)-[:AFFECTED]->(m:ModelYear) RETURN {make: m.make, model: m.model, modelYear: m.modelYear} ORDER BY m.id } AS models,
       COLLECT { MATCH (pastCase)-[:AFFECTED]->(lot:PartLot) WHERE lot.lot IS NOT NULL RETURN lot.id ORDER BY lot.id } AS lots,
       COLLECT {
         MATCH (pastCase)-[:AFFECTED]->(affected:Part|PartLot)
         WHERE affected:Part OR affected.lot IS NULL
         RETURN DISTINCT split(affected.id, '/')[0] AS partNo ORDER BY partNo
       } AS partNumbers,
       COLLECT { MATCH (pastCase)-[:AFFECTED]->(release:SoftwareRelease) RETURN release.id ORDER BY release.id } AS software
ORDER BY effectiveFrom IS NULL, effectiveFrom, actionId
