// Feedback and repair orders that say one of some symptoms, of one of some components or leaving the component open.
//
// Params   $symptoms     LIST<STRING>
//          $components   LIST<STRING> or null: any
//          $asOf         STRING, instant by which a record was received
// Returns  one row a record
UNWIND $symptoms AS symptom
MATCH (:Symptom {id: symptom})<-[:SHOWS]-(finding:Finding)<-[:HOLDS]-(record:Feedback|RepairOrder)
WHERE NOT finding.negated AND NOT finding.past AND NOT finding.hypothetical AND record.receivedAt <= $asOf
  AND ($components IS NULL
    OR NOT EXISTS { (finding)-[:CONCERNS]->(:Component) }
    OR EXISTS { (finding)-[:CONCERNS]->(component:Component) WHERE component.id IN $components })
RETURN DISTINCT record.id AS id, record:Feedback AS isFeedback
