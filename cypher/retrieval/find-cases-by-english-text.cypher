// Cases whose prose matches the query's words, English analysis. Filtered before the cut.
//
// Params   $query   STRING, escaped Lucene syntax
//          $asOf    STRING or null, the later end of the instant in UTC
//          $kinds   LIST<STRING> or null
//          $k       INTEGER, 1..2000
// Returns  best first; luceneScore is comparable within one answer only
// Index    case_text_english
CALL db.index.fulltext.queryNodes('case_text_english', $query) YIELD node AS pastCase, score
WHERE ($asOf IS NULL OR (coalesce(pastCase.closedAt, '') <= $asOf AND coalesce(pastCase.receivedAt, pastCase.closedAt, '') <= $asOf))
  AND ($kinds IS NULL OR pastCase.kind IN $kinds)
RETURN pastCase.id AS caseId, score AS luceneScore
ORDER BY luceneScore DESC, caseId
LIMIT toInteger($k)
