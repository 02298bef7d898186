// Takes away causes and failure modes that no case names any more.
//
// Params   $causes         LIST<STRING>, ids that may have lost a case
//          $failureModes   LIST<STRING>, ids that may have lost a case
// Returns  nothing
CALL () {
  UNWIND $causes AS id
  MATCH (cause:Cause {id: id})
  WHERE NOT EXISTS { (cause)<-[:CAUSED_BY]-() }
  DETACH DELETE cause
}
CALL () {
  UNWIND $failureModes AS id
  MATCH (failureMode:FailureMode {id: id})
  WHERE NOT EXISTS { (failureMode)<-[:FAILED_BY]-() }
  DETACH DELETE failureMode
}
