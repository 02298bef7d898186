// An issue of feedback that is split off another; it stands for no class, so later reports of the class stay with the other.
//
// Params   $issueId, $source, $at, $openedAt, $lastActivityAt, $firstResponseDueAt, $resolutionDueAt  STRING
//          $component, $symptom, $model, $department  STRING or null
// Returns  one row
MATCH (source:Issue {id: $source})
CREATE (issue:Issue {id: $issueId, state: 'new', openedAt: $openedAt, lastActivityAt: $lastActivityAt, firstResponseDueAt: $firstResponseDueAt,
  resolutionDueAt: $resolutionDueAt, clocks: 'open', revision: 0})
SET issue.component = $component, issue.symptom = $symptom, issue.model = $model, issue.department = $department
CREATE (issue)-[:SPLIT_FROM {at: $at}]->(source)
RETURN issue.id AS issueId
