// Ties feedback to issues, which are made where they do not exist, and brings each issue what the report adds: activity, severity, hazards, department,
// the past cases it resembles with the best score seen.
//
// Params   $rows   LIST<MAP>, in the order of the reports: issueId, feedbackId, classId (STRING or null: the issue is none of the class), component,
//                  symptom, model, department (STRING or null; a department that a person chose stays), severity (INTEGER 1..10 or null), receivedAt,
//                  firstResponseDueAt, resolutionDueAt (STRING, instants), hazards, path (LIST<STRING>, issues it came through by merges),
//                  cases (LIST<MAP> caseId, score, facets (JSON))
//          $at     STRING, instant
// Returns  one row a feedback that was tied
UNWIND $rows AS row
MATCH (feedback:Feedback {id: row.feedbackId})
MERGE (issue:Issue {id: row.issueId})
ON CREATE SET issue.state = 'new', issue.component = row.component, issue.symptom = row.symptom, issue.model = row.model,
              issue.severity = toInteger(row.severity), issue.openedAt = row.receivedAt, issue.lastActivityAt = row.receivedAt,
              issue.firstResponseDueAt = row.firstResponseDueAt, issue.resolutionDueAt = row.resolutionDueAt
SET issue.lastActivityAt = CASE WHEN issue.lastActivityAt < row.receivedAt THEN row.receivedAt ELSE issue.lastActivityAt END,
    issue.severity = CASE WHEN coalesce(issue.severity, 0) < row.severity THEN toInteger(row.severity) ELSE issue.severity END,
    issue.touchedAt = $at, issue.clocks = coalesce(issue.clocks, 'open'), issue.department = coalesce(issue.department, row.department),
    issue.hazards = coalesce(issue.hazards, []) + [hazard IN row.hazards WHERE NOT hazard IN coalesce(issue.hazards, [])],
    issue.revision = coalesce(issue.revision, 0) + 1
MERGE (feedback)-[raised:RAISED]->(issue)
SET raised.path = CASE WHEN size(row.path) > 0 THEN row.path ELSE raised.path END
WITH row, issue
CALL (row, issue) { MATCH (class:IssueClass {id: row.classId}) MERGE (issue)-[:OF_CLASS]->(class) }
CALL (row, issue) {
  UNWIND row.cases AS similar
  MATCH (past:Case {id: similar.caseId})
  MERGE (issue)-[likeness:LOOKS_LIKE]->(past)
  WITH likeness, similar
  WHERE likeness.score IS NULL OR likeness.score < similar.score
  SET likeness.score = similar.score, likeness.facets = similar.facets
}
RETURN row.feedbackId AS feedbackId
