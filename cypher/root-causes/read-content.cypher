// The whole answer of a stored analysis.
//
// Params   $analysisId   STRING
// Returns  one row, or none
MATCH (analysis:Analysis {id: $analysisId})
WHERE analysis.content IS NOT NULL
RETURN analysis.content AS content
