// Cases as the search holds them: prose, keys, affected vehicles, parts and software, the complaints confirmed for them, vectors.
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
       COLLECT { MATCH (pastCase)-[:AFFECTED]->(part:Part) RETURN part.id } AS parts,
       COLLECT { MATCH (pastCase)-[:AFFECTED]->(lot:PartLot) RETURN lot.id } AS lots,
       COLLECT { MATCH (pastCase)-[:AFFECTED]->(release:SoftwareRelease) RETURN release.id } AS releases,
       COLLECT { MATCH (pastCase)-[:CAUSED_BY]->(cause:Cause) RETURN cause.id } AS causes,
       COLLECT { MATCH (pastCase)-[:FAILED_BY]->(mode:FailureMode) RETURN mode.id } AS failureModes,
       COLLECT {
         MATCH (pastCase)<-[said:CONFIRMED_FOR]-(feedback:Feedback)
         WHERE said.withdrawnAt IS NULL
         RETURN feedback {.embedding, .embeddingModel, feedbackId: feedback.id, confirmedAt: said.at,
                          text: coalesce(feedback.text, ''), textSha256: coalesce(feedback.textSha256, '')}
         ORDER BY said.at, feedback.id
       } AS confirmed,
       pastCase.embeddingModel AS embeddingModel,
       pastCase.embedding AS embedding
