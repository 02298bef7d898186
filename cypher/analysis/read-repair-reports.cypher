// What some repair orders say, and what they replaced and read out.
//
// Params   $ids    LIST<STRING>
//          $asOf   STRING, instant; what was received later is left out
// Returns  one row an order; findings: [component, symptom, confidence]; codes: [null, suspected component, rank]
UNWIND $ids AS id
MATCH (record:RepairOrder {id: id})
WHERE record.receivedAt <= $asOf
RETURN id AS id, record.vehicleId AS vehicleId, record.openedAt AS at, record.receivedAt AS receivedAt, record.result AS result,
       record.partsReplaced AS partsReplaced,
       COLLECT {
         MATCH (record)-[:HOLDS]->(finding:Finding)
         WHERE NOT finding.negated AND NOT finding.past AND NOT finding.hypothetical
         RETURN [[(finding)-[:CONCERNS]->(component:Component) | component.id][0], [(finding)-[:SHOWS]->(symptom:Symptom) | symptom.id][0], finding.confidence]
       } AS findings,
       [(record)-[:RECORDED]->(:Dtc)-[points:POINTS_AT]->(suspect:Component) | [null, suspect.id, points.rank]] AS codes
