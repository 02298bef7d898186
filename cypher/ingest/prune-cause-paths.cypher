// Takes away steps from cause to failure mode to symptom that no case supports any more.
//
// Params   $causes         LIST<STRING>, ids that may have lost a case
//          $failureModes   LIST<STRING>, ids that may have lost a case
// Returns  nothing
CALL () {
  UNWIND $causes AS id
  MATCH (cause:Cause {id: id})-[step:LEADS_TO]->(failureMode:FailureMode)
  WHERE NOT EXISTS { (cause)<-[:CAUSED_BY]-(:Case)-[:FAILED_BY]->(failureMode) }
  DELETE step
}
CALL () {
  UNWIND $failureModes AS id
  MATCH (failureMode:FailureMode {id: id})-[step:SHOWS_AS]->(symptom:Symptom)
  WHERE NOT EXISTS { (failureMode)<-[:FAILED_BY]-(:Case)-[:SHOWED]->(symptom) }
  DELETE step
}
