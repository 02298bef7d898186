// Marks feedback as answered, or takes that back. The instant of the first answer stays, also when the record is imported again.
//
// Params   $feedbackId   STRING
//          $responded    BOOLEAN
//          $at           STRING, instant
// Returns  at most one row
MATCH (feedback:Feedback {id: $feedbackId})
SET feedback.responded = $responded,
    feedback.respondedAt = CASE WHEN $responded THEN coalesce(feedback.respondedAt, $at) END
RETURN feedback.id AS feedbackId, feedback.responded AS responded, feedback.respondedAt AS respondedAt
