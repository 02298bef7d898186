// Says that an issue was merged into another.
//
// Params   $issueId, $into  STRING
//          $at              STRING, instant
// Returns  one row
MATCH (issue:Issue {id: $issueId}), (target:Issue {id: $into})
MERGE (issue)-[merged:MERGED_INTO]->(target)
SET merged.at = $at
RETURN target.id AS into
