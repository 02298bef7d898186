// One chain of nodes from a symptom over a report and its car to the part that a candidate blames: as it was when the car failed. The
// earliest report that has all of it. In Neo4j Browser the paths draw themselves.
//
// Params   $candidateId   STRING
//          $reportIds     LIST<STRING>, reports the candidate cites, to choose from
//          $symptoms, $components   LIST<STRING>, keys of the symptom class, or null: any
//          $partId        STRING
// Returns  one row, or none where no report has the whole chain; nodes: id, label, caption; relationships: from, type, to
MATCH (candidate:Candidate {id: $candidateId})-[:CITES]->(report:Feedback|RepairOrder)
WHERE report.id IN $reportIds
WITH candidate, report, left(coalesce(report.occurredAt, report.openedAt), 16) AS at
MATCH told = (said:Symptom|Component)<-[:SHOWS|CONCERNS]-(finding:Finding)<-[:HOLDS]-(report)
WHERE NOT finding.negated AND NOT finding.past AND NOT finding.hypothetical
  AND CASE WHEN $symptoms IS NOT NULL THEN said:Symptom AND said.id IN $symptoms ELSE said:Component AND said.id IN $components END
MATCH carried = (report)-[:ABOUT|REPAIRED]->(car)-[fit:BUILT_WITH]->(:PartLot)-[:LOT_OF]->(:Part {id: $partId})<-[:BLAMES]-(candidate)
WHERE left(fit.from, 16) <= at AND (fit.to IS NULL OR at < left(fit.to, 16))
WITH report, at, finding, said, told, carried
ORDER BY at, report.id, said.id, finding.id
LIMIT 1
WITH report, [told, carried] AS paths
RETURN report.id AS reportId, paths AS paths,
       reduce(all = [], path IN paths | all + [node IN nodes(path) | {id: node.id, label: labels(node)[0], caption: CASE
         WHEN node:Vehicle THEN coalesce(node.model, '') + coalesce(' ' + toString(node.modelYear), '') + coalesce(', ' + node.plant, '') + coalesce(', built ' + node.builtOn, '')
         WHEN node:Finding THEN 'finding'
         WHEN node:Feedback THEN 'feedback of ' + left(node.occurredAt, 10)
         WHEN node:RepairOrder THEN 'repair order of ' + left(node.openedAt, 10)
         WHEN node:Candidate THEN node.statement
         ELSE coalesce(node.labelEn, node.key, node.id) END}]) AS nodes,
       reduce(all = [], path IN paths | all + [step IN relationships(path) | {from: startNode(step).id, type: type(step), to: endNode(step).id}]) AS relationships
