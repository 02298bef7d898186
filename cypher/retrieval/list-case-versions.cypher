// The version of every case: what is compared with the versions held in memory, so that only changed cases are read again.
//
// Params   none
// Returns  one row a case
MATCH (pastCase:Case)
RETURN pastCase.id AS caseId,
       coalesce(pastCase.contentSha256, '') AS contentSha256,
       coalesce(pastCase.embeddingModel, '') AS embeddingModel
