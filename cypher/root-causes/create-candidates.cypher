// Ranked candidates of an analysis, with the nodes each blames and the first reports or the case each cites.
//
// Params   $analysisId   STRING
//          $candidates   LIST<MAP> id, rank, score, kind, statement, factors, observed, expected, evidenceNats, pValue, confidence;
//                        blames: LIST<MAP> label, id; feedbackIds, repairOrderIds: LIST<STRING>; caseId: STRING or null
// Returns  one row a candidate
MATCH (analysis:Analysis {id: $analysisId})
UNWIND $candidates AS row
CREATE (analysis)-[:RANKED {rank: toInteger(row.rank), score: row.score}]->(candidate:Candidate {id: row.id, kind: row.kind, statement: row.statement,
  factors: row.factors, observed: row.observed, expected: row.expected, score: row.score, evidenceNats: row.evidenceNats, pValue: row.pValue,
  confidence: row.confidence})
WITH candidate, row
CALL (candidate, row) {
  UNWIND row.blames AS blamed
  OPTIONAL MATCH (lot:PartLot {id: CASE blamed.label WHEN 'PartLot' THEN blamed.id END})
  OPTIONAL MATCH (part:Part {id: CASE blamed.label WHEN 'Part' THEN blamed.id END})
  OPTIONAL MATCH (supplier:Supplier {id: CASE blamed.label WHEN 'Supplier' THEN blamed.id END})
  OPTIONAL MATCH (release:SoftwareRelease {id: CASE blamed.label WHEN 'SoftwareRelease' THEN blamed.id END})
  OPTIONAL MATCH (plant:Plant {id: CASE blamed.label WHEN 'Plant' THEN blamed.id END})
  OPTIONAL MATCH (center:ServiceCenter {id: CASE blamed.label WHEN 'ServiceCenter' THEN blamed.id END})
  WITH candidate, coalesce(lot, part, supplier, release, plant, center) AS node
  WHERE node IS NOT NULL
  MERGE (candidate)-[:BLAMES]->(node)
}
CALL (candidate, row) { UNWIND row.feedbackIds AS id MATCH (report:Feedback {id: id}) CREATE (candidate)-[:CITES]->(report) }
CALL (candidate, row) { UNWIND row.repairOrderIds AS id MATCH (report:RepairOrder {id: id}) CREATE (candidate)-[:CITES]->(report) }
CALL (candidate, row) { MATCH (past:Case {id: row.caseId}) CREATE (candidate)-[:CITES]->(past) }
CALL (candidate, row) { MATCH (past:Case {id: row.caseId})-[:CAUSED_BY]->(cause:Cause) MERGE (candidate)-[:BLAMES]->(cause) }
RETURN candidate.id AS candidateId
