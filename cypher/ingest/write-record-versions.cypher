// Keeps contents that a later received one supersedes. The same content is kept once.
//
// Params   $versions   LIST<MAP> node (element id of the record), id, kind, receivedAt, content (JSON), contentSha256
// Returns  nothing
UNWIND $versions AS row
MATCH (record) WHERE elementId(record) = row.node
MERGE (version:RecordVersion {id: row.id})
ON CREATE SET version.kind = row.kind, version.receivedAt = row.receivedAt, version.content = row.content,
  version.contentSha256 = row.contentSha256
MERGE (record)-[:SUPERSEDES]->(version)
