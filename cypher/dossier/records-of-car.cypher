// What was received of one car by an instant: feedback, snapshots, repair orders, with the issues its feedback raised.
//
// Params   $vehicleId   STRING, the pseudonym
//          $at          STRING, instant
// Returns  at most one row; each list holds the records' own properties
MATCH (car:Vehicle {id: $vehicleId})
RETURN car.vinSealed AS vinSealed,
       COLLECT {
         MATCH (car)<-[:ABOUT]-(f:Feedback) WHERE f.receivedAt <= $at
         RETURN f {.id, .channel, .occurredAt, .receivedAt, .text, .language, .odometerKm, .rating, .crash, .fire, .injuries, .sos, .responded,
           triage: [(f)-[:TRIAGED_AS]->(t:Triage) WHERE t.feedbackSha256 = f.contentSha256 | t.content][0],
           issueId: [(f)-[:RAISED]->(i:Issue) | i.id][0],
           codes: COLLECT { MATCH (f)-[:SENT_WITH]->(s:TelemetrySnapshot)-[r:RECORDED]->(d:Dtc) WHERE s.receivedAt <= $at RETURN {code: d.code, failureType: r.failureType, status: r.status} }}
         ORDER BY f.receivedAt DESC, f.id
       } AS feedback,
       COLLECT {
         MATCH (car)<-[:TAKEN_FROM]-(s:TelemetrySnapshot) WHERE s.receivedAt <= $at
         RETURN s {.id, .capturedAt, .receivedAt, .trigger, .odometerKm, .ambientC,
           codes: COLLECT { MATCH (s)-[r:RECORDED]->(d:Dtc) RETURN {code: d.code, failureType: r.failureType, status: r.status} }}
         ORDER BY s.capturedAt DESC, s.id
       } AS snapshots,
       COLLECT {
         MATCH (car)<-[:REPAIRED]-(o:RepairOrder) WHERE o.receivedAt <= $at
         RETURN o {.repairOrderId, .openedAt, .closedAt, .receivedAt, .serviceCenter, .odometerKm, .complaint, .cause, .correction, .result, .warranty, .partsReplaced, .text}
         ORDER BY o.openedAt DESC, o.id
       } AS repairs,
       COLLECT {
         MATCH (car)<-[:ABOUT]-(f:Feedback)-[:RAISED]->(i:Issue) WHERE f.receivedAt <= $at AND i.openedAt <= $at
         WITH i, collect(f.id) AS feedbackIds
         RETURN i {.id, .state, .component, .symptom, .model, .openedAt, feedbackIds: feedbackIds, alertIds: [(a:Alert)-[:OPENED]->(i) | a.id]}
         ORDER BY i.openedAt DESC, i.id
       } AS issues
