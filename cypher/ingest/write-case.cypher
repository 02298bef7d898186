// Writes cases on nodes this transaction holds, each without links of its own: new, or its earlier links deleted.
//
// Params   $cases   LIST<MAP>, prepared records
// Returns  nothing
UNWIND $cases AS row
MATCH (record:Case {id: row.id})
SET record.caseId = row.stored.caseId, record.kind = row.stored.kind, record.title = row.stored.title,
    record.openedAt = row.stored.openedAt, record.closedAt = row.stored.closedAt, record.receivedAt = row.stored.receivedAt,
    record.language = row.stored.language, record.component = row.stored.component, record.symptom = row.stored.symptom,
    record.failureMode = row.stored.failureMode, record.failureEffect = row.stored.failureEffect,
    record.rootCause = row.stored.rootCause, record.escapePoint = row.stored.escapePoint, record.affected = row.stored.affected,
    record.verification = row.stored.verification, record.containment = row.stored.containment,
    record.corrective = row.stored.corrective, record.text = row.stored.text, record.dataQuality = row.stored.dataQuality,
    record.contentSha256 = row.contentSha256, record.matchText = row.matchText
WITH record, row
FOREACH (changed IN CASE WHEN record.textSha256 = row.textSha256 THEN [] ELSE [true] END |
  SET record.embed = changed, record.textSha256 = row.textSha256
  REMOVE record.embedding, record.embeddingModel)
WITH record, row
CALL (record, row) { UNWIND row.symptoms AS key MATCH (symptom:Symptom {id: key}) CREATE (record)-[:SHOWED]->(symptom) }
CALL (record, row) { UNWIND row.components AS key MATCH (component:Component {id: key}) CREATE (record)-[:ON]->(component) }
CALL (record, row) { UNWIND row.mentions AS code MATCH (dtc:Dtc {id: code}) CREATE (record)-[:MENTIONS]->(dtc) }
CALL (record, row) { UNWIND row.affectedModelYears AS id MATCH (m:ModelYear {id: id}) CREATE (record)-[:AFFECTED]->(m) }
CALL (record, row) { UNWIND row.affectedParts AS id MATCH (part:Part {id: id}) CREATE (record)-[:AFFECTED]->(part) }
CALL (record, row) { UNWIND row.affectedLots AS id MATCH (lot:PartLot {id: id}) CREATE (record)-[:AFFECTED]->(lot) }
CALL (record, row) { UNWIND row.affectedReleases AS id MATCH (release:SoftwareRelease {id: id}) CREATE (record)-[:AFFECTED]->(release) }
CALL (record, row) {
  UNWIND [action IN row.actions WHERE action.kind = 'ICA'] AS action
  CREATE (record)-[:CONTAINED_BY {effectiveFrom: action.effectiveFrom}]->(:Action {id: action.id, kind: action.kind,
    actionType: action.actionType, text: action.text, effectiveFrom: action.effectiveFrom})
}
CALL (record, row) {
  UNWIND [action IN row.actions WHERE action.kind = 'PCA'] AS action
  CREATE (record)-[:CORRECTED_BY {effectiveFrom: action.effectiveFrom}]->(:Action {id: action.id, kind: action.kind,
    actionType: action.actionType, text: action.text, effectiveFrom: action.effectiveFrom})
}
