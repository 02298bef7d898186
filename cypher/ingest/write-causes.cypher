// Causes and failure modes of cases, and the path from symptom to cause that each case supports.
//
// Params   $cases   LIST<MAP> id, cause {id, text} or null, failureMode {id, text, componentId} or null, symptoms
// Returns  nothing
UNWIND $cases AS row
MATCH (record:Case {id: row.id})
CALL (record, row) {
  UNWIND CASE WHEN row.cause IS NULL THEN [] ELSE [row.cause] END AS said
  MERGE (cause:Cause {id: said.id})
  ON CREATE SET cause.text = said.text
  CREATE (record)-[:CAUSED_BY]->(cause)
}
CALL (record, row) {
  UNWIND CASE WHEN row.failureMode IS NULL THEN [] ELSE [row.failureMode] END AS said
  MERGE (failureMode:FailureMode {id: said.id})
  ON CREATE SET failureMode.text = said.text
  CREATE (record)-[:FAILED_BY]->(failureMode)
}
CALL (row) {
  MATCH (failureMode:FailureMode {id: row.failureMode.id})
  MATCH (component:Component {id: row.failureMode.componentId})
  MERGE (failureMode)-[:OF]->(component)
}
CALL (row) {
  MATCH (failureMode:FailureMode {id: row.failureMode.id})
  MATCH (cause:Cause {id: row.cause.id})
  MERGE (cause)-[:LEADS_TO]->(failureMode)
}
CALL (row) {
  MATCH (failureMode:FailureMode {id: row.failureMode.id})
  UNWIND row.symptoms AS key
  MATCH (symptom:Symptom {id: key})
  MERGE (failureMode)-[:SHOWS_AS]->(symptom)
}
