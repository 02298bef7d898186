// The words of some feedback, before they are erased.
//
// Params   $feedbackIds  LIST<STRING>
// Returns  one row a feedback
UNWIND $feedbackIds AS feedbackId
MATCH (feedback:Feedback {id: feedbackId})
RETURN feedback.id AS feedbackId, feedback.sourceId AS sourceId, feedback.text AS text
