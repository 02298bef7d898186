// Findings of the recurrence watch that nobody was told of yet, oldest first.
//
// Params   $limit   INTEGER, most rows
// Returns  one row a finding
MATCH (recurrence:ActionRecurrence {announce: true})
RETURN recurrence.id AS recurrenceId,
       recurrence.actionId AS actionId,
       recurrence.caseId AS caseId,
       recurrence.actionType AS actionType,
       recurrence.alarmAt AS alarmAt,
       recurrence.observed AS observed,
       recurrence.expected AS expected,
       recurrence.llr AS llr,
       recurrence.threshold AS threshold,
       recurrence.foundAt AS foundAt
ORDER BY foundAt, recurrenceId
LIMIT toInteger($limit)
