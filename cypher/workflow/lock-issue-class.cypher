// Takes the lock of a class for the rest of the transaction: the write comes first, so every other writer of the class waits here.
//
// Params   $classId    STRING
//          $component  STRING or null
//          $symptom    STRING or null
//          $model      STRING or null, as first spelt
//          $at         STRING, instant
// Returns  one row
MERGE (class:IssueClass {id: $classId})
ON CREATE SET class.component = $component, class.symptom = $symptom, class.model = $model
SET class.touchedAt = $at
RETURN class.id AS classId
