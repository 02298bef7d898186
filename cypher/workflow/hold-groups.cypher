// Holds some feedback with those told twice or of the same problem, then the classes they are filed under, to the end of the transaction: of a group
// or a class that arrives together one opens the issue.
//
// Params   $feedbackIds  LIST<STRING>
//          $classes      LIST<MAP> id (STRING), component, symptom, model (STRING or null, as first spelt); sorted by id
//          $at           STRING, instant
// Returns  nothing
CALL () {
  UNWIND $feedbackIds AS feedbackId
  MATCH (:Feedback {id: feedbackId})-[:DUPLICATE_OF|SAME_ISSUE_AS*0..2]-(member:Feedback)
  WITH DISTINCT member
  ORDER BY member.id
  SET member.held = true
  REMOVE member.held
}
CALL () {
  UNWIND $classes AS row
  MERGE (class:IssueClass {id: row.id})
  ON CREATE SET class.component = row.component, class.symptom = row.symptom, class.model = row.model
  SET class.touchedAt = $at
}
