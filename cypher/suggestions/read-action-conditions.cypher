// What the case of a past action says is affected: the cars an action like it would touch.
//
// Params   $actionId   STRING
// Returns  one row, or none; models as the case spells them, in lower case
MATCH (pastCase:Case)-[:CONTAINED_BY|CORRECTED_BY]->(action:Action {id: $actionId})
RETURN action.id AS actionId, action.actionType AS actionType,
       COLLECT { MATCH (pastCase)-[:AFFECTED]->(lot:PartLot) WHERE lot.lot IS NOT NULL RETURN lot.id ORDER BY lot.id LIMIT 200 } AS lots,
       COLLECT { MATCH (pastCase)-[:AFFECTED]->(release:SoftwareRelease) RETURN release.id ORDER BY release.id LIMIT 200 } AS software
LIMIT 1
