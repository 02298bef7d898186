// One feedback as it is stored, with its triage and the issue it raised.
//
// Params   $feedbackId  STRING
// Returns  at most one row; model and year of a known car outrank those of the report; corrections: components that a repair found in the place of
//          what the owner named (said)
MATCH (feedback:Feedback {id: $feedbackId})
OPTIONAL MATCH (feedback)-[:ABOUT]->(vehicle:Vehicle)
OPTIONAL MATCH (feedback)-[:TRIAGED_AS]->(triage:Triage)
OPTIONAL MATCH (feedback)-[:RAISED]->(issue:Issue)
RETURN feedback.id AS feedbackId, feedback.channel AS channel, feedback.sourceId AS sourceId, feedback.text AS text, feedback.language AS language,
       feedback.occurredAt AS occurredAt, feedback.receivedAt AS receivedAt, vehicle.id AS vehicleId,
       coalesce(vehicle.make, feedback.make) AS make, coalesce(vehicle.model, feedback.model) AS model,
       coalesce(vehicle.modelYear, feedback.modelYear) AS modelYear, feedback.odometerKm AS odometerKm, feedback.region AS region,
       feedback.rating AS rating, feedback.crash AS crash, feedback.fire AS fire, feedback.injuries AS injuries, feedback.sos AS sos,
       feedback.responded AS responded, feedback.respondedAt AS respondedAt, feedback.snapshotId AS snapshotId,
       feedback.vinInvalid AS vinInvalid, feedback.dataQuality AS dataQuality,
       issue.id AS issueId, triage.content AS triage, triage.triagedAt AS triagedAt,
       COLLECT {
         MATCH (feedback)-[:HOLDS]->(found:Finding {method: 'repair'})-[:CONCERNS]->(component:Component)
         OPTIONAL MATCH (feedback)-[:HOLDS]->(:Finding {correctedBy: found.id})-[:CONCERNS]->(said:Component)
         RETURN {component: component.id, said: said.id, by: found.by, confidence: found.confidence, spanStart: found.spanStart, spanEnd: found.spanEnd}
         ORDER BY found.spanStart, found.id
       } AS corrections
LIMIT 1
