// Cases that share a component (itself, what it is part of, its parts), a symptom or a fault code with what is asked. Rare keys weigh more.
//
// Params   $components  LIST<STRING>, vocabulary keys
//          $symptoms    LIST<STRING>, vocabulary keys
//          $dtcs        LIST<STRING>, codes without failure type
//          $asOf        STRING or null, the later end of the instant in UTC
//          $kinds       LIST<STRING> or null
//          $k           INTEGER, 1..2000
// Returns  best first; keyScore is the sum over shared keys of 1 / ln(2 + cases of that key)
CALL () {
  MATCH (asked:Component) WHERE asked.id IN $components
  MATCH (asked)-[:PART_OF*0..3]->(shared:Component)
  RETURN shared AS key
  UNION
  MATCH (asked:Component) WHERE asked.id IN $components
  MATCH (shared:Component)-[:PART_OF*1..3]->(asked)
  RETURN shared AS key
  UNION
  MATCH (key:Symptom) WHERE key.id IN $symptoms
  RETURN key
  UNION
  MATCH (key:Dtc) WHERE key.code IN $dtcs
  RETURN key
}
CALL (key) {
  MATCH (pastCase:Case)-[:ON|SHOWED|MENTIONS]->(key)
  RETURN collect(DISTINCT pastCase) AS holders
}
UNWIND holders AS pastCase
WITH pastCase, 1.0 / log(2 + size(holders)) AS weight
WHERE ($asOf IS NULL OR (coalesce(pastCase.closedAt, '') <= $asOf AND coalesce(pastCase.receivedAt, pastCase.closedAt, '') <= $asOf))
  AND ($kinds IS NULL OR pastCase.kind IN $kinds)
RETURN pastCase.id AS caseId, sum(weight) AS keyScore
ORDER BY keyScore DESC, caseId
LIMIT toInteger($k)
