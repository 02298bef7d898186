// Takes away the nodes that belong to one record alone: its findings and actions.
//
// Params   $nodes   LIST<STRING>, element ids of records this transaction holds
// Returns  nothing
UNWIND $nodes AS node
MATCH (record) WHERE elementId(record) = node
MATCH (record)-[:HOLDS|CONTAINED_BY|CORRECTED_BY]->(own:Finding|Action)
DETACH DELETE own
