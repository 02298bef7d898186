// Takes words, person and everything made of the words out of feedback; class, instants and car stay, so that counts do. The hash of the record
// stays too: the same record sent again is known and brings nothing back.
//
// Params   $feedbackIds  LIST<STRING>
//          $at           STRING, instant
// Returns  one row
UNWIND $feedbackIds AS feedbackId
MATCH (feedback:Feedback {id: feedbackId})
SET feedback.text = '', feedback.matchText = '', feedback.personRef = null, feedback.odometerKm = null, feedback.embedding = null,
    feedback.embeddingModel = null, feedback.embed = null, feedback.textSha256 = null, feedback.bands = null, feedback.compare = null,
    feedback.gather = null
WITH feedback
CALL (feedback) { MATCH (feedback)-[:SUPERSEDES]->(version:RecordVersion) DETACH DELETE version RETURN count(*) AS versions }
CALL (feedback) { MATCH (clause:UnmappedClause)-[:LEFT_BY]->(feedback) DETACH DELETE clause RETURN count(*) AS clauses }
CALL (feedback) { MATCH (feedback)-[:CONFIRMED_FOR]->(past:Case) SET past.confirmationsChangedAt = $at RETURN count(*) AS confirmed }
RETURN count(feedback) AS feedback, coalesce(sum(versions), 0) AS versions, coalesce(sum(clauses), 0) AS clauses
