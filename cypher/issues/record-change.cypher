// Keeps what was done to an issue, by whom and when.
//
// Params   $issueId, $changeId, $at, $by, $kind  STRING
//          $from, $to, $note                     STRING or null
//          $content                              STRING (JSON) or null, what is needed to undo it
// Returns  one row
MATCH (issue:Issue {id: $issueId})
CREATE (issue)-[:CHANGED]->(change:IssueChange {id: $changeId, at: $at, by: $by, kind: $kind})
SET change.from = $from, change.to = $to, change.note = $note, change.content = $content
RETURN change.id AS changeId
