// Ranked candidates of an analysis.
//
// Params   $analysisId   STRING
//          $candidates   LIST<MAP> id, rank, score, kind, statement, factors, observed, expected, evidenceNats, pValue, confidence
// Returns  nothing
MATCH (analysis:Analysis {id: $analysisId})
UNWIND $candidates AS row
CREATE (analysis)-[:RANKED {rank: toInteger(row.rank), score: row.score}]->(candidate:Candidate {id: row.id, kind: row.kind, statement: row.statement,
  factors: row.factors, observed: row.observed, expected: row.expected, score: row.score, evidenceNats: row.evidenceNats, pValue: row.pValue,
  confidence: row.confidence})
