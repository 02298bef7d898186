// What tells that cases were added, changed, removed or embedded since they were last read. Equal rows mean: nothing changed.
// A changed record leaves its earlier content as a RecordVersion; the long texts themselves are not touched, which keeps this cheap.
//
// Params   none
// Returns  one row
CALL () { MATCH (version:RecordVersion) RETURN count(version) AS versions }
CALL () {
  MATCH (pastCase:Case)
  RETURN count(pastCase) AS cases, count(pastCase.embeddingModel) AS embedded, max(pastCase.receivedAt) AS lastReceivedAt,
         sum(size(pastCase.title)) AS titleLength
}
RETURN versions, cases, embedded, coalesce(lastReceivedAt, '') AS lastReceivedAt, coalesce(titleLength, 0) AS titleLength
