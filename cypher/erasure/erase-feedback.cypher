// Takes words, person and everything made of the words out of feedback; class, instants and car stay, so that counts do. The hash of the record
// stays too: the same record sent again is known and brings nothing back.
//
// Params   $feedbackIds  LIST<STRING>
// Returns  one row
MATCH (feedback:Feedback)
WHERE feedback.id IN $feedbackIds
SET feedback.text = '', feedback.matchText = ''
REMOVE feedback.personRef, feedback.odometerKm, feedback.embedding, feedback.embeddingModel, feedback.embed, feedback.textSha256, feedback.bands,
       feedback.compare, feedback.gather
RETURN count(feedback) AS feedback
