// Ties candidates to the first reports on them. Feedback and repair orders apart, so that each is found by its index.
//
// Params   $candidates   LIST<MAP> id, feedbackIds, repairOrderIds
// Returns  nothing
UNWIND $candidates AS row
MATCH (candidate:Candidate {id: row.id})
CALL (candidate, row) { UNWIND row.feedbackIds AS id MATCH (report:Feedback {id: id}) CREATE (candidate)-[:CITES]->(report) }
CALL (candidate, row) { UNWIND row.repairOrderIds AS id MATCH (report:RepairOrder {id: id}) CREATE (candidate)-[:CITES]->(report) }
