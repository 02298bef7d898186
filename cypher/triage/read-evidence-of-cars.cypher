// What owners said of some cars, and what fault codes and workshops say against it.
//
// Params   $vehicleIds   LIST<STRING>
// Returns  one row a feedback; findings: those of its text and those that corrections added (by); repairs: all of the car, in order of opening;
//          components of a repair: what its texts name
UNWIND $vehicleIds AS vehicleId
MATCH (car:Vehicle {id: vehicleId})<-[:ABOUT]-(record:Feedback)
RETURN record.id AS feedbackId, coalesce(record.contentSha256, '') AS contentSha256, record.occurredAt AS occurredAt, record.receivedAt AS receivedAt,
       COLLECT {
         MATCH (record)-[:HOLDS]->(finding:Finding)
         RETURN finding {.id, .spanStart, .spanEnd, .confidence, .method, .negated, .past, .hypothetical, .by, .correctedBy,
                         component: [(finding)-[:CONCERNS]->(component:Component) | component.id][0],
                         symptom: [(finding)-[:SHOWS]->(symptom:Symptom) | symptom.id][0]}
         ORDER BY finding.spanStart, finding.id
       } AS findings,
       COLLECT {
         MATCH (record)-[:SENT_WITH]->(:TelemetrySnapshot)-[recorded:RECORDED]->(dtc:Dtc)
         RETURN {code: dtc.code, failureType: recorded.failureType, status: recorded.status}
         ORDER BY dtc.code, recorded.failureType
       } AS codes,
       COLLECT {
         MATCH (car)<-[:REPAIRED]-(order:RepairOrder)
         RETURN order {.repairOrderId, .openedAt, .receivedAt, .result, .partsReplaced,
                       answers: EXISTS { (order)-[:ANSWERS]->(record) },
                       components: COLLECT {
                         MATCH (order)-[:HOLDS]->(finding:Finding)-[:CONCERNS]->(component:Component)
                         WHERE NOT finding.negated AND NOT finding.past AND NOT finding.hypothetical
                         RETURN DISTINCT component.id AS id ORDER BY id
                       }}
         ORDER BY order.openedAt, order.id
       } AS repairs
