// Suggestions of a set: new ones proposed, known ones with their new words. What a person decided stays as it was decided.
//
// Params   $setId, $subjectKey, $madeAt   STRING
//          $issueId                       STRING or null
//          $suggestions   LIST<MAP> id, kind, rank, statement, actionType, causeKind, caseId, factors, component, symptom, scope, promptId,
//                         promptVersion, promptSha256, modelId, content, candidateId, actionIds
// Returns  one row a suggestion
MATCH (made:SuggestionSet {id: $setId})
UNWIND $suggestions AS row
MERGE (suggestion:Suggestion {id: row.id})
ON CREATE SET suggestion.status = 'proposed', suggestion.subjectKey = $subjectKey, suggestion.kind = row.kind
SET suggestion.status = CASE WHEN suggestion.status = 'superseded' THEN 'proposed' ELSE suggestion.status END,
    suggestion.rank = toInteger(row.rank), suggestion.statement = row.statement, suggestion.actionType = row.actionType, suggestion.causeKind = row.causeKind,
    suggestion.caseId = row.caseId, suggestion.factors = row.factors, suggestion.component = row.component, suggestion.symptom = row.symptom,
    suggestion.scope = row.scope, suggestion.promptId = row.promptId, suggestion.promptVersion = row.promptVersion,
    suggestion.promptSha256 = row.promptSha256, suggestion.modelId = row.modelId, suggestion.madeAt = $madeAt, suggestion.content = row.content
CREATE (made)-[:OFFERS {rank: toInteger(row.rank)}]->(suggestion)
WITH suggestion, row
CALL (suggestion) { MATCH (issue:Issue {id: $issueId}) MERGE (suggestion)-[:FOR]->(issue) }
CALL (suggestion, row) { MATCH (candidate:Candidate {id: row.candidateId}) MERGE (suggestion)-[:NAMES]->(candidate) }
CALL (suggestion, row) { MATCH (past:Case {id: row.caseId}) MERGE (suggestion)-[:RECALLS]->(past) }
CALL (suggestion, row) { UNWIND row.actionIds AS id MATCH (action:Action {id: id}) MERGE (suggestion)-[:REPEATS]->(action) }
RETURN suggestion.id AS suggestionId, suggestion.status AS status
