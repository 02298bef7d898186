// Ties a feedback to an issue that is there; the class of the issue stays what it is.
//
// Params   $issueId, $feedbackId   STRING
//          $severity               INTEGER 1..10 or null
//          $receivedAt             STRING, instant of the feedback
// Returns  one row
MATCH (feedback:Feedback {id: $feedbackId})
MATCH (issue:Issue {id: $issueId})
SET issue.lastActivityAt = CASE WHEN issue.lastActivityAt < $receivedAt THEN $receivedAt ELSE issue.lastActivityAt END,
    issue.severity = CASE WHEN coalesce(issue.severity, 0) < $severity THEN toInteger($severity) ELSE issue.severity END
MERGE (feedback)-[:RAISED]->(issue)
RETURN issue.id AS issueId
