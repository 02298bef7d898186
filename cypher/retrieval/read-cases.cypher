// Cases as the search holds them: prose, keys, affected vehicles, vector.
//
// Params   $caseIds   LIST<STRING>
// Returns  one row a case, in no order; affected holds [make, model, modelYear], each side null where it was not given
UNWIND $caseIds AS caseId
MATCH (pastCase:Case {id: caseId})
RETURN pastCase.id AS caseId,
       coalesce(pastCase.contentSha256, '') AS contentSha256,
       pastCase.kind AS kind,
       coalesce(pastCase.title, '') AS title,
       pastCase.openedAt AS openedAt,
       pastCase.closedAt AS closedAt,
       pastCase.receivedAt AS receivedAt,
       coalesce(pastCase.text, '') AS text,
       pastCase.symptom AS symptom,
       pastCase.failureMode AS failureMode,
       pastCase.failureEffect AS failureEffect,
       pastCase.rootCause AS rootCause,
       COLLECT { MATCH (pastCase)-[:ON]->(c:Component) RETURN c.id } AS components,
       COLLECT { MATCH (pastCase)-[:HOLDS]->(:Finding)-[:CONCERNS]->(c:Component) RETURN DISTINCT c.id } AS mentionedComponents,
       COLLECT { MATCH (pastCase)-[:SHOWED]->(s:Symptom) RETURN s.id } AS symptoms,
       COLLECT { MATCH (pastCase)-[:MENTIONS]->(d:Dtc) RETURN d.code } AS dtcs,
       COLLECT {
         MATCH (pastCase)-[:AFFECTED]->(m:ModelYear)
         RETURN [m.make, m.model, toString(m.modelYear)]
       } AS affected,
       pastCase.embeddingModel AS embeddingModel,
       pastCase.embedding AS embedding
