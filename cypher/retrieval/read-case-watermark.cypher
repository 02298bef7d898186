// What tells that cases were added, changed, removed or embedded since they were last read. Equal rows mean: nothing changed.
//
// Params   none
// Returns  one row: counts and sums over all cases; the sums of text lengths stand for their contents
MATCH (pastCase:Case)
RETURN count(pastCase) AS cases,
       count(pastCase.embeddingModel) AS embedded,
       coalesce(max(pastCase.receivedAt), '') AS lastReceivedAt,
       coalesce(sum(size(pastCase.text)), 0) AS textLength,
       coalesce(sum(size(coalesce(pastCase.affected, '')) + size(coalesce(pastCase.closedAt, ''))), 0) AS affectedLength
