// What happened to an issue, beside its feedback.
//
// Params   $issueId  STRING
// Returns  at most one row; lists oldest first
MATCH (issue:Issue {id: $issueId})
RETURN COLLECT {
         MATCH (issue)-[:CHANGED]->(change:IssueChange)
         RETURN {at: change.at, by: change.by, kind: change.kind, from: change.from, to: change.to, note: change.note}
         ORDER BY change.at, change.id LIMIT 500
       } AS changes,
       COLLECT {
         MATCH (issue)-[:ANALYZED_BY]->(analysis:Analysis)
         RETURN {analysisId: analysis.id, asOf: analysis.asOf, createdAt: analysis.createdAt, verdict: analysis.verdict, reason: analysis.reason}
         ORDER BY analysis.createdAt DESC, analysis.id LIMIT 20
       } AS analyses,
       COLLECT {
         MATCH (alert:Alert)-[:OPENED]->(issue)
         RETURN {alertId: alert.id, state: alert.state, raisedAt: alert.raisedAt} ORDER BY alert.raisedAt, alert.id LIMIT 50
       } AS alerts,
       COLLECT {
         MATCH (issue)-[likeness:LOOKS_LIKE]->(past:Case)
         RETURN {caseId: past.id, title: past.title, score: likeness.score} ORDER BY likeness.score DESC, past.id LIMIT 10
       } AS cases,
       COLLECT { MATCH (merged:Issue)-[:MERGED_INTO]->(issue) RETURN merged.id ORDER BY merged.id LIMIT 100 } AS mergedFrom,
       COLLECT {
         MATCH (decision:Decision)-[:DECIDES]->(suggestion:Suggestion)-[:FOR]->(issue)
         RETURN {at: decision.at, by: decision.by, verdict: decision.verdict, reason: decision.reason, suggestionId: suggestion.id}
         ORDER BY decision.at, decision.id LIMIT 200
       } AS decisions
