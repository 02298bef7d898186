// Writes feedback on nodes this transaction holds, each without links of its own: new, or its earlier links deleted.
//
// Params   $feedback   LIST<MAP>, prepared records
// Returns  nothing
UNWIND $feedback AS row
MATCH (record:Feedback {id: row.id})
SET record.channel = row.stored.channel, record.sourceId = row.stored.sourceId, record.text = row.stored.text,
    record.language = row.stored.language, record.occurredAt = row.stored.occurredAt, record.receivedAt = row.stored.receivedAt,
    record.vehicleId = row.stored.vehicleId, record.make = row.stored.make, record.model = row.stored.model,
    record.modelYear = toInteger(row.stored.modelYear), record.odometerKm = row.stored.odometerKm, record.region = row.stored.region,
    record.rating = toInteger(row.stored.rating), record.crash = row.stored.crash, record.fire = row.stored.fire,
    record.injuries = toInteger(row.stored.injuries), record.sos = row.stored.sos, record.responded = row.stored.responded,
    record.personRef = row.stored.personRef, record.snapshotId = row.stored.snapshotId, record.vinInvalid = row.stored.vinInvalid,
    record.dataQuality = row.stored.dataQuality, record.contentSha256 = row.contentSha256, record.matchText = row.matchText,
    record.bands = row.bands, record.compare = true, record.changedAt = timestamp()
WITH record, row
FOREACH (_ IN CASE WHEN row.gather OR EXISTS { (:UnmappedClause)-[:LEFT_BY]->(record) } THEN [true] ELSE [] END | SET record.gather = true)
WITH record, row
FOREACH (changed IN CASE WHEN record.textSha256 = row.textSha256 THEN [] ELSE [true] END |
  SET record.embed = changed, record.textSha256 = row.textSha256
  REMOVE record.embedding, record.embeddingModel)
WITH record, row
FOREACH (_ IN CASE WHEN row.arrives THEN [true] ELSE [] END | SET record.awaitsTriage = true)
WITH record, row
CALL (record, row) { MATCH (v:Vehicle {id: row.vehicleId}) CREATE (record)-[:ABOUT]->(v) }
CALL (record, row) { MATCH (snapshot:TelemetrySnapshot {id: row.snapshotNodeId}) CREATE (record)-[:SENT_WITH]->(snapshot) }
CALL (record, row) { UNWIND row.mentions AS code MATCH (dtc:Dtc {id: code}) CREATE (record)-[:MENTIONS]->(dtc) }
CALL (record, row) {
  // A repair order that named this feedback before it was there.
  MATCH (order:RepairOrder {feedbackId: row.id})
  WHERE NOT EXISTS { (order)-[:ANSWERS]->(record) }
  CREATE (order)-[:ANSWERS]->(record)
}
