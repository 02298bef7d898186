// Writes installs on nodes this transaction holds, each without links of its own: new, or its earlier links deleted.
//
// Params   $installs   LIST<MAP>, prepared records
// Returns  nothing
UNWIND $installs AS row
MATCH (record:SoftwareInstall {id: row.id})
SET record.module = row.stored.module, record.version = row.stored.version, record.installedAt = row.stored.installedAt,
    record.receivedAt = row.stored.receivedAt, record.vehicleId = row.stored.vehicleId, record.channel = row.stored.channel,
    record.result = row.stored.result, record.vinInvalid = row.stored.vinInvalid, record.dataQuality = row.stored.dataQuality,
    record.contentSha256 = row.contentSha256
WITH record, row
CALL (record, row) { MATCH (v:Vehicle {id: row.vehicleId}) CREATE (record)-[:INSTALLED_ON]->(v) }
CALL (record, row) { MATCH (release:SoftwareRelease {id: row.releaseId}) CREATE (record)-[:INSTALLS]->(release) }
