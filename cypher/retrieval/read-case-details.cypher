// What is shown of some cases: heading, dates, cause, prose for the snippet, and the actions in the order of their dates.
//
// Params   $caseIds   LIST<STRING>
// Returns  one row a case, in no order
UNWIND $caseIds AS caseId
MATCH (pastCase:Case {id: caseId})
RETURN pastCase.id AS caseId,
       pastCase.kind AS kind,
       coalesce(pastCase.title, '') AS title,
       pastCase.openedAt AS openedAt,
       pastCase.closedAt AS closedAt,
       coalesce(pastCase.text, '') AS text,
       pastCase.symptom AS symptom,
       pastCase.failureMode AS failureMode,
       pastCase.failureEffect AS failureEffect,
       pastCase.rootCause AS rootCause,
       COLLECT {
         MATCH (pastCase)-[taken:CONTAINED_BY]->(action:Action)
         RETURN {
           actionType: coalesce(action.actionType, 'other'),
           text: action.text,
           effectiveFrom: coalesce(taken.effectiveFrom, action.effectiveFrom)
         }
         ORDER BY coalesce(taken.effectiveFrom, action.effectiveFrom), action.id
       } AS containment,
       COLLECT {
         MATCH (pastCase)-[taken:CORRECTED_BY]->(action:Action)
         RETURN {
           actionType: coalesce(action.actionType, 'other'),
           text: action.text,
           effectiveFrom: coalesce(taken.effectiveFrom, action.effectiveFrom)
         }
         ORDER BY coalesce(taken.effectiveFrom, action.effectiveFrom), action.id
       } AS corrective
