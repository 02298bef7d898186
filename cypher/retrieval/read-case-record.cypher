// One case as it is stored, its keys, and the complaints confirmed for it, oldest confirmation first.
//
// Params   $caseId   STRING
//          $asOf     STRING or null, the later end of the instant in UTC: later confirmations are left out
// Returns  one row, none where the case is not there; affected and verification are JSON
MATCH (pastCase:Case {id: $caseId})
WHERE pastCase.contentSha256 IS NOT NULL
RETURN pastCase.id AS caseId,
       pastCase.kind AS kind,
       coalesce(pastCase.title, '') AS title,
       pastCase.openedAt AS openedAt,
       pastCase.closedAt AS closedAt,
       pastCase.receivedAt AS receivedAt,
       pastCase.language AS language,
       pastCase.symptom AS symptom,
       pastCase.failureMode AS failureMode,
       pastCase.failureEffect AS failureEffect,
       pastCase.rootCause AS rootCause,
       pastCase.escapePoint AS escapePoint,
       pastCase.affected AS affected,
       pastCase.verification AS verification,
       COLLECT { MATCH (pastCase)-[:ON]->(c:Component) RETURN c.id AS key ORDER BY key } AS components,
       COLLECT { MATCH (pastCase)-[:SHOWED]->(s:Symptom) RETURN s.id AS key ORDER BY key } AS symptoms,
       COLLECT { MATCH (pastCase)-[:MENTIONS]->(d:Dtc) RETURN d.code AS code ORDER BY code } AS dtcs,
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
       } AS corrective,
       COLLECT {
         MATCH (pastCase)<-[said:CONFIRMED_FOR]-(feedback:Feedback)
         WHERE said.withdrawnAt IS NULL AND ($asOf IS NULL OR said.at <= $asOf)
         RETURN feedback {.channel, .text, .language, .occurredAt, .receivedAt, .make, .model, .modelYear,
                          feedbackId: feedback.id, confirmedAt: said.at, confirmedBy: said.by}
         ORDER BY said.at, feedback.id
       } AS confirmed
