// Causes and failure modes of cases whose content is about to give way.
//
// Params   $nodes   LIST<STRING>, element ids of cases
// Returns  one row: ids, each once
UNWIND $nodes AS node
MATCH (record) WHERE elementId(record) = node
OPTIONAL MATCH (record)-[:CAUSED_BY]->(cause:Cause)
OPTIONAL MATCH (record)-[:FAILED_BY]->(failureMode:FailureMode)
RETURN collect(DISTINCT cause.id) AS causes, collect(DISTINCT failureMode.id) AS failureModes
