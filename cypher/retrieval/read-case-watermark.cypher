// What tells that cases were added, changed, removed or embedded since they were last read: a changed record leaves its earlier content as a
// RecordVersion, a missing vector is marked, the newest confirmation stands first in its index. The time does not grow with the number of cases.
//
// Params   none
// Returns  one row; equal rows mean that nothing changed
// Index    case_embed, case_confirmations_changed
CALL () { MATCH (pastCase:Case) RETURN count(pastCase) AS cases }
CALL () { MATCH (version:RecordVersion) RETURN count(version) AS versions }
CALL () { MATCH (pastCase:Case {embed: true}) RETURN count(pastCase) AS unembedded }
CALL () {
  MATCH (pastCase:Case) WHERE pastCase.confirmationsChangedAt > ''
  RETURN pastCase.confirmationsChangedAt AS changedAt ORDER BY changedAt DESC LIMIT 1
  UNION
  RETURN '' AS changedAt
}
RETURN cases, versions, unembedded, max(changedAt) AS confirmationsChangedAt
