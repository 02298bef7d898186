// All reports of some cars, with what is compared of them.
//
// Params   $vehicleIds   LIST<STRING>
//          $atLeast      INTEGER, cars with fewer reports are left out
// Returns  one row a feedback, in no order
UNWIND $vehicleIds AS vehicleId
MATCH (vehicle:Vehicle {id: vehicleId})
WHERE COUNT { (vehicle)<-[:ABOUT]-(:Feedback) } >= toInteger($atLeast)
MATCH (vehicle)<-[:ABOUT]-(record:Feedback)
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
