// Keeps what a person decided about an alert; a rejected one is closed.
//
// Params   $alertId    STRING
//          $outcome    STRING, confirmed or rejected
//          $reason     STRING
//          $decidedAt  STRING, instant
// Returns  at most one row
MATCH (alert:Alert {id: $alertId})
SET alert.outcome = $outcome, alert.outcomeReason = $reason, alert.decidedAt = $decidedAt,
    alert.closedAt = CASE WHEN $outcome = 'rejected' AND alert.state = 'open' THEN $decidedAt ELSE alert.closedAt END,
    alert.closedReason = CASE WHEN $outcome = 'rejected' AND alert.state = 'open' THEN 'rejected-by-a-person' ELSE alert.closedReason END,
    alert.state = CASE WHEN $outcome = 'rejected' THEN 'closed' ELSE alert.state END
RETURN alert.id AS alertId
