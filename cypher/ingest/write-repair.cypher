// Writes repairs on nodes this transaction holds, each without links of its own: new, or its earlier links deleted.
//
// Params   $repairs   LIST<MAP>, prepared records
// Returns  nothing
UNWIND $repairs AS row
MATCH (record:RepairOrder {id: row.id})
SET record.repairOrderId = row.stored.repairOrderId, record.openedAt = row.stored.openedAt, record.closedAt = row.stored.closedAt,
    record.receivedAt = row.stored.receivedAt, record.vehicleId = row.stored.vehicleId, record.odometerKm = row.stored.odometerKm,
    record.serviceCenter = row.stored.serviceCenter, record.complaint = row.stored.complaint, record.cause = row.stored.cause,
    record.correction = row.stored.correction, record.text = row.stored.text, record.language = row.stored.language,
    record.laborOperations = row.stored.laborOperations, record.partsReplaced = row.stored.partsReplaced,
    record.dtcs = row.stored.dtcs, record.softwareBefore = row.stored.softwareBefore, record.softwareAfter = row.stored.softwareAfter,
    record.result = row.stored.result, record.warranty = row.stored.warranty, record.feedbackId = row.stored.feedbackId,
    record.vinInvalid = row.stored.vinInvalid, record.dataQuality = row.stored.dataQuality, record.contentSha256 = row.contentSha256,
    record.matchText = row.matchText
WITH record, row
CALL (record, row) { MATCH (v:Vehicle {id: row.vehicleId}) SET v.changedAt = timestamp() CREATE (record)-[:REPAIRED]->(v) }
CALL (record, row) { MATCH (center:ServiceCenter {id: row.serviceCenterId}) CREATE (record)-[:AT]->(center) }
CALL (record, row) { MATCH (feedback:Feedback {id: row.stored.feedbackId}) CREATE (record)-[:ANSWERS]->(feedback) }
CALL (record, row) {
  UNWIND row.removed AS part
  MATCH (lot:PartLot {id: part.lotId})
  CREATE (record)-[:REMOVED {component: part.component, position: part.position}]->(lot)
}
CALL (record, row) {
  UNWIND row.installed AS part
  MATCH (lot:PartLot {id: part.lotId})
  CREATE (record)-[:INSTALLED {component: part.component, position: part.position}]->(lot)
}
CALL (record, row) {
  UNWIND row.recorded AS code
  MATCH (dtc:Dtc {id: code.code})
  CREATE (record)-[:RECORDED {failureType: code.failureType}]->(dtc)
}
