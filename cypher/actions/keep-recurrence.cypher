// Keeps what the recurrence watch found of an action, once; `announce` stands until somebody was told of it.
//
// Params   $recurrenceId, $actionId, $caseId, $actionType   STRING
//          $alarmAt, $foundAt                               STRING, instants
//          $observed                                        INTEGER
//          $expected, $llr, $threshold                    FLOAT
// Returns  one row; isNew says whether it was not there before
MATCH (action:Action {id: $actionId})
OPTIONAL MATCH (earlier:ActionRecurrence {id: $recurrenceId})
WITH action, earlier IS NULL AS isNew
MERGE (recurrence:ActionRecurrence {id: $recurrenceId})
ON CREATE SET recurrence.actionId = $actionId, recurrence.caseId = $caseId, recurrence.actionType = $actionType, recurrence.alarmAt = $alarmAt,
              recurrence.foundAt = $foundAt, recurrence.observed = toInteger($observed), recurrence.expected = $expected,
              recurrence.llr = $llr, recurrence.threshold = $threshold, recurrence.announce = true
MERGE (action)-[:RECURRED_AS]->(recurrence)
RETURN isNew AS isNew
