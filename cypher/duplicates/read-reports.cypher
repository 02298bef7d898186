// Some feedback, with what is compared of it.
//
// Params   $ids   LIST<STRING>
// Returns  one row a feedback that is there
UNWIND $ids AS id
MATCH (record:Feedback {id: id})
OPTIONAL MATCH (record)-[:ABOUT]->(vehicle:Vehicle)
RETURN record.id AS id, record.channel AS channel, record.text AS text, record.language AS language, record.occurredAt AS occurredAt,
       record.vehicleId AS vehicleId, coalesce(vehicle.model, record.model) AS model, record.region AS region, record.odometerKm AS odometerKm,
       record.personRef AS personRef,
       COLLECT {
         MATCH (record)-[:HOLDS]->(finding:Finding)
         WHERE NOT finding.negated AND NOT finding.past AND NOT finding.hypothetical
         RETURN {
           component: [(finding)-[:CONCERNS]->(component:Component) | component.id][0],
           symptom: [(finding)-[:SHOWS]->(symptom:Symptom) | symptom.id][0],
           confidence: finding.confidence
         }
       } AS findings,
       [(record)-[:MENTIONS]->(dtc:Dtc) | dtc.code]
         + [(record)-[:SENT_WITH]->(:TelemetrySnapshot)-[recorded:RECORDED]->(dtc:Dtc) | dtc.code + coalesce('-' + recorded.failureType, '')] AS dtcs,
       record.embedding AS embedding, record.embeddingModel AS embeddingModel
