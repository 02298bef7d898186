// Writes alerts as given; what a row leaves null is removed.
//
// Params   $alerts  LIST<MAP>, one an alert
// Returns  one row an alert
UNWIND $alerts AS row
MERGE (alert:Alert {id: row.alertId})
SET alert.component = row.component, alert.symptom = row.symptom, alert.cellDimension = row.cellDimension, alert.cellLevel = row.cellLevel,
    alert.windowFrom = row.windowFrom, alert.windowTo = row.windowTo, alert.observed = toInteger(row.observed), alert.expected = toFloat(row.expected),
    alert.llr = toFloat(row.llr), alert.threshold = toFloat(row.threshold), alert.firstAlarmAt = row.firstAlarmAt,
    alert.vehiclesAtRisk = toInteger(row.vehiclesAtRisk), alert.state = row.state, alert.method = row.method, alert.model = row.model,
    alert.raisedAt = row.raisedAt, alert.assessedAt = row.assessedAt, alert.closedAt = row.closedAt, alert.closedReason = row.closedReason,
    alert.outcome = row.outcome, alert.outcomeReason = row.outcomeReason, alert.decidedAt = row.decidedAt, alert.engineVersion = row.engineVersion
RETURN alert.id AS alertId
