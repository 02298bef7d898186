// The issues that one was merged into, one after the other.
//
// Params   $issueId  STRING
// Returns  one row an issue, nearest first; none where it was not merged
MATCH path = (:Issue {id: $issueId})-[:MERGED_INTO*1..50]->(target:Issue)
RETURN target.id AS issueId, length(path) AS distance
ORDER BY distance
