// Takes back that an issue was merged.
//
// Params   $issueId  STRING
// Returns  one row
MATCH (:Issue {id: $issueId})-[merged:MERGED_INTO]->(target:Issue)
DELETE merged
RETURN target.id AS into
