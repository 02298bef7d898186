// The whole answer of an analysis, kept with it.
//
// Params   $analysisId   STRING
//          $content      STRING, JSON
// Returns  one row
MATCH (analysis:Analysis {id: $analysisId})
SET analysis.content = $content
RETURN analysis.id AS analysisId
