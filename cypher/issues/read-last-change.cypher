// The latest change of one kind, with what is needed to undo it.
//
// Params   $issueId, $kind  STRING
// Returns  at most one row
MATCH (:Issue {id: $issueId})-[:CHANGED]->(change:IssueChange {kind: $kind})
RETURN change.id AS changeId, change.at AS at, change.content AS content
ORDER BY at DESC, changeId DESC
LIMIT 1
