// Feedback that some reports are to be held against, with what is compared of it; the likeness in place of its vector, which is as long as all the rest.
//
// Params   $asked   LIST<MAP> at (INTEGER, given back), ids (LIST<STRING>), embedding (LIST<FLOAT>, unit norm, or null), embeddingModel (STRING or null)
// Returns  one row a feedback that is there and an entry that asks for it; cosine in [-1, 1], null unless both have a vector of one model
UNWIND $asked AS asked
UNWIND asked.ids AS id
MATCH (record:Feedback {id: id})
OPTIONAL MATCH (record)-[:ABOUT]->(vehicle:Vehicle)
RETURN toInteger(asked.at) AS at, record.id AS id, record.channel AS channel, record.text AS text, record.language AS language, record.occurredAt AS occurredAt,
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
       null AS embedding, record.embeddingModel AS embeddingModel,
       CASE WHEN record.embeddingModel = asked.embeddingModel THEN 2 * vector.similarity.cosine(record.embedding, asked.embedding) - 1 END AS cosine
