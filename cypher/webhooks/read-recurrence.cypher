// One finding of the recurrence watch.
//
// Params   $recurrenceId  STRING
// Returns  at most one row
MATCH (recurrence:ActionRecurrence {id: $recurrenceId})
RETURN recurrence.id AS recurrenceId, recurrence.actionId AS actionId, recurrence.caseId AS caseId, recurrence.actionType AS actionType,
       recurrence.alarmAt AS alarmAt, recurrence.foundAt AS foundAt, recurrence.observed AS observed, recurrence.expected AS expected,
       recurrence.llr AS llr, recurrence.threshold AS threshold
