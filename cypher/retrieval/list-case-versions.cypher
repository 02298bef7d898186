// The version of every case: what is compared with the versions held in memory, so that only changed cases are read again.
//
// Params   none
// Returns  one row a case
MATCH (pastCase:Case)
RETURN pastCase.id AS caseId,
       coalesce(pastCase.contentSha256, '') AS contentSha256,
       coalesce(pastCase.embeddingModel, '') AS embeddingModel,
       COLLECT {
         MATCH (pastCase)<-[said:CONFIRMED_FOR]-(feedback:Feedback)
         WHERE said.withdrawnAt IS NULL
         RETURN feedback.id + '|' + said.at + '|' + coalesce(feedback.textSha256, '') + '|' + coalesce(feedback.embeddingModel, '') AS stamp
         ORDER BY said.at, feedback.id
       } AS confirmations
