// How much feedback some issues hold, with the edges between reports told again.
//
// Params   $issueIds  LIST<STRING>
// Returns  one row an issue
UNWIND $issueIds AS issueId
MATCH (issue:Issue {id: issueId})
RETURN issue.id AS issueId,
       COUNT { (:Feedback)-[:RAISED]->(issue) } AS feedback,
       COUNT { MATCH (feedback:Feedback)-[:RAISED]->(issue) WHERE feedback.vehicleId IS NOT NULL RETURN DISTINCT feedback.vehicleId } AS vehicles,
       COLLECT {
         MATCH (issue)<-[:RAISED]-(later:Feedback)-[:DUPLICATE_OF]->(earlier:Feedback)-[:RAISED]->(issue)
         RETURN [later.id, earlier.id]
       } AS edges
