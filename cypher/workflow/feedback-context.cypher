// Stored feedback with what its car and its snapshot add to it.
//
// Params   $feedbackIds  LIST<STRING>
// Returns  one row a feedback that is there; recordedDtcs holds the codes of the snapshot sent with it, each with its ISO 14229 status byte
UNWIND $feedbackIds AS feedbackId
MATCH (feedback:Feedback {id: feedbackId})
OPTIONAL MATCH (feedback)-[:ABOUT]->(vehicle:Vehicle)
OPTIONAL MATCH (feedback)-[:SENT_WITH]->(:TelemetrySnapshot)-[recorded:RECORDED]->(dtc:Dtc)
WITH feedback, vehicle, recorded, dtc
ORDER BY dtc.code, recorded.failureType
WITH feedback, vehicle,
     collect(CASE WHEN dtc IS NULL THEN null ELSE {code: dtc.code, failureType: recorded.failureType, status: recorded.status} END) AS recordedDtcs
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
       recordedDtcs AS recordedDtcs
