// What some feedback says, in the place of what a fault code or a repair known by then corrected what that says, and what its snapshot and the
// repairs that answer it tell of the component.
//
// Params   $ids    LIST<STRING>
//          $asOf   STRING, instant; what was received later is left out
// Returns  one row a feedback; findings: [component, symptom, confidence]; codes: [status, suspected component, rank]; answers: repairs that
//          answer it, latest last; toldTwiceOf, distinctFrom: feedback it is one with, or kept apart from
UNWIND $ids AS id
MATCH (record:Feedback {id: id})
WHERE record.receivedAt <= $asOf
RETURN id AS id, record.vehicleId AS vehicleId, record.make AS make, record.model AS model, record.modelYear AS modelYear,
       record.occurredAt AS at, record.receivedAt AS receivedAt,
       COLLECT {
         MATCH (record)-[:HOLDS]->(finding:Finding)
         WHERE NOT finding.negated AND NOT finding.past AND NOT finding.hypothetical
           AND coalesce(finding.knownAt, '') <= $asOf AND (finding.correctedAt IS NULL OR finding.correctedAt > $asOf)
         RETURN [[(finding)-[:CONCERNS]->(component:Component) | component.id][0], [(finding)-[:SHOWS]->(symptom:Symptom) | symptom.id][0], finding.confidence]
       } AS findings,
       COLLECT {
         MATCH (record)-[:SENT_WITH]->(snapshot:TelemetrySnapshot)-[recorded:RECORDED]->(:Dtc)-[points:POINTS_AT]->(suspect:Component)
         WHERE snapshot.receivedAt <= $asOf
         RETURN [recorded.status, suspect.id, points.rank]
       } AS codes,
       COLLECT {
         MATCH (record)<-[:ANSWERS]-(order:RepairOrder)
         WHERE order.receivedAt <= $asOf
         RETURN {
           result: order.result,
           partsReplaced: order.partsReplaced,
           codes: [(order)-[:RECORDED]->(:Dtc)-[points:POINTS_AT]->(suspect:Component) | [null, suspect.id, points.rank]],
           findings: COLLECT {
             MATCH (order)-[:HOLDS]->(finding:Finding)-[:CONCERNS]->(component:Component)
             WHERE NOT finding.negated AND NOT finding.past AND NOT finding.hypothetical
             RETURN [component.id, finding.confidence]
           }
         }
         ORDER BY coalesce(order.closedAt, order.openedAt), order.id
       } AS answers,
       [(record)-[:DUPLICATE_OF]->(earlier:Feedback) WHERE earlier.receivedAt <= $asOf | earlier.id] AS toldTwiceOf,
       [(record)-[:DISTINCT_FROM]-(other:Feedback) WHERE other.receivedAt <= $asOf | other.id] AS distinctFrom
