// Which contents are stored for some cases: the current one and the superseded ones.
//
// Params   $ids   LIST<STRING>
// Returns  one row a node that is there
UNWIND $ids AS id
MATCH (record:Case {id: id})
RETURN id AS id, record.contentSha256 AS current, [(record)-[:SUPERSEDES]->(version:RecordVersion) | version.contentSha256] AS earlier
