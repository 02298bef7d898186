// Stored feedback with what its car and its snapshot add to it, for its triage, and with what is compared of it.
//
// Params   $feedbackIds  LIST<STRING>
// Returns  one row a feedback that is there; recordedDtcs holds the codes of the snapshot sent with it, each with its ISO 14229 status byte; of findings
//          only those that count; mentioned: codes the text quotes
UNWIND $feedbackIds AS feedbackId
MATCH (feedback:Feedback {id: feedbackId})
OPTIONAL MATCH (feedback)-[:ABOUT]->(vehicle:Vehicle)
RETURN feedback.id AS feedbackId,
       feedback.contentSha256 AS feedbackSha256,
       feedback.text AS text,
       feedback.language AS language,
       feedback.channel AS channel,
       feedback.occurredAt AS occurredAt,
       feedback.receivedAt AS receivedAt,
       vehicle.id AS vehicleId,
       feedback.rating AS rating,
       coalesce(vehicle.make, feedback.make) AS make,
       coalesce(vehicle.model, feedback.model) AS model,
       coalesce(vehicle.modelYear, feedback.modelYear) AS modelYear,
       feedback.crash AS crash,
       feedback.fire AS fire,
       feedback.injuries AS injuries,
       feedback.sos AS sos,
       feedback.region AS region,
       feedback.odometerKm AS odometerKm,
       feedback.personRef AS personRef,
       COLLECT {
         MATCH (feedback)-[:SENT_WITH]->(:TelemetrySnapshot)-[recorded:RECORDED]->(dtc:Dtc)
         WITH dtc.code AS code, recorded.failureType AS failureType, recorded.status AS status
         ORDER BY code, failureType
         RETURN {code: code, failureType: failureType, status: status}
       } AS recordedDtcs,
       [(feedback)-[:MENTIONS]->(dtc:Dtc) | dtc.code] AS mentioned,
       COLLECT {
         MATCH (feedback)-[:HOLDS]->(finding:Finding)
         WHERE NOT finding.negated AND NOT finding.past AND NOT finding.hypothetical
         RETURN {
           component: [(finding)-[:CONCERNS]->(component:Component) | component.id][0],
           symptom: [(finding)-[:SHOWS]->(symptom:Symptom) | symptom.id][0],
           confidence: finding.confidence
         }
       } AS findings,
       feedback.embedding AS embedding,
       feedback.embeddingModel AS embeddingModel
