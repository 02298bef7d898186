// Findings of the recurrence watch that nobody was told of yet; each is marked as told by the transaction that makes its event.
//
// Params   $limit  INTEGER
// Returns  one row a finding
MATCH (recurrence:ActionRecurrence {announce: true})
WITH recurrence
ORDER BY recurrence.foundAt, recurrence.id
LIMIT toInteger($limit)
SET recurrence.announce = null
RETURN recurrence.id AS recurrenceId
