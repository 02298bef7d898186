// One issue as it is shown, all of one instant: what it is, how much it holds, its newest feedback, what happened to it.
//
// Params   $issueId  STRING
//          $limit    INTEGER, most feedback
// Returns  at most one row; feedback newest first, edges from the later to the earlier report with the earliest first, the other lists oldest first
MATCH (issue:Issue {id: $issueId})
CALL (issue) {
  MATCH (feedback:Feedback)-[:RAISED]->(issue)
  RETURN count(feedback) AS held, count(DISTINCT feedback.vehicleId) AS vehicles
}
RETURN issue.id AS issueId, issue.state AS state, issue.stateBefore AS stateBefore, issue.component AS component, issue.symptom AS symptom,
       issue.model AS model, issue.severity AS severity, coalesce(issue.hazards, []) AS hazards, issue.openedAt AS openedAt,
       issue.lastActivityAt AS lastActivityAt, issue.firstResponseDueAt AS firstResponseDueAt, issue.resolutionDueAt AS resolutionDueAt,
       issue.firstResponseAt AS firstResponseAt, issue.resolvedAt AS resolvedAt, issue.closedAt AS closedAt, issue.externalRef AS externalRef,
       issue.owner AS owner, issue.department AS department, issue.departmentBy AS departmentBy, coalesce(issue.raised, []) AS raised,
       coalesce(issue.clocks, 'open') AS clocks, coalesce(issue.revision, 0) AS revision,
       head([(issue)-[:MERGED_INTO]->(target:Issue) | target.id]) AS mergedInto,
       head([(issue)-[:SPLIT_FROM]->(source:Issue) | source.id]) AS splitFrom,
       held AS held, vehicles AS vehicles,
       COLLECT {
         MATCH (issue)<-[:RAISED]-(later:Feedback)-[:DUPLICATE_OF]->(earlier:Feedback)-[:RAISED]->(issue)
         RETURN [later.id, earlier.id] ORDER BY earlier.receivedAt, earlier.id
       } AS edges,
       COLLECT {
         MATCH (feedback:Feedback)-[raised:RAISED]->(issue)
         WITH feedback, raised
         ORDER BY feedback.receivedAt DESC, feedback.id
         LIMIT toInteger($limit)
         OPTIONAL MATCH (feedback)-[:TRIAGED_AS]->(triage:Triage)
         RETURN [feedback.id, feedback.channel, feedback.occurredAt, feedback.receivedAt, feedback.text, feedback.language, triage.severity,
                 feedback.vehicleId, coalesce(feedback.responded, false), raised.path]
       } AS feedback,
       COLLECT {
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
         MATCH (issue)-[:ANALYZED_BY]->(analysis:Analysis)
         WITH analysis
         ORDER BY analysis.createdAt DESC, analysis.id
         LIMIT 1
         MATCH (analysis)-[ranked:RANKED]->(candidate:Candidate)
         RETURN {candidateId: candidate.id, rank: ranked.rank, kind: candidate.kind, statement: candidate.statement, confidence: candidate.confidence}
         ORDER BY ranked.rank LIMIT 10
       } AS candidates,
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
       } AS decisions,
       EXISTS { (:SuggestionSet {subjectKey: issue.id}) } AS isSuggested
