// A set of suggestions as it was made, with its whole content.
//
// Params   $setId, $subjectKey, $analysisId, $asOf, $madeAt, $language, $verdict, $wording, $content   STRING
//          $component, $symptom   STRING or null
// Returns  one row
CREATE (made:SuggestionSet {id: $setId, subjectKey: $subjectKey, component: $component, symptom: $symptom, asOf: $asOf, madeAt: $madeAt,
  language: $language, verdict: $verdict, wording: $wording, content: $content})
WITH made
CALL (made) { MATCH (analysis:Analysis {id: $analysisId}) MERGE (made)-[:RESTS_ON]->(analysis) }
RETURN made.id AS setId
