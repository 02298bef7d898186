// One chain of nodes from a symptom over a report to its car, which is of the kind that a candidate blames, and to the candidate. The earliest
// report that has all of it. In Neo4j Browser the paths draw themselves.
//
// Params   $candidateId   STRING
//          $reportIds     LIST<STRING>, reports the candidate cites, to choose from
//          $symptoms, $components   LIST<STRING>, keys of the symptom class, or null: any
//          $plant, $model, $trim, $region, $option, $modelYear   STRING or null: any
//          $builtFrom, $builtTo   STRING, days, or null
// Returns  one row, or none where no report has the whole chain; nodes: id, label, caption; relationships: from, type, to
MATCH (candidate:Candidate {id: $candidateId})-[:CITES]->(report:Feedback|RepairOrder)
WHERE report.id IN $reportIds
WITH candidate, report, left(coalesce(report.occurredAt, report.openedAt), 16) AS at
MATCH told = (said:Symptom|Component)<-[:SHOWS|CONCERNS]-(finding:Finding)<-[:HOLDS]-(report)
WHERE NOT finding.negated AND NOT finding.past AND NOT finding.hypothetical
  AND CASE WHEN $symptoms IS NOT NULL THEN said:Symptom AND said.id IN $symptoms ELSE said:Component AND said.id IN $components END
MATCH carried = (car:Vehicle)<-[:ABOUT|REPAIRED]-(report)<-[:CITES]-(candidate)
WHERE ($plant IS NULL OR car.plant = $plant) AND ($model IS NULL OR car.model = $model)
  AND ($trim IS NULL OR car.trim = $trim) AND ($region IS NULL OR car.region = $region)
  AND ($option IS NULL OR $option IN car.options) AND ($modelYear IS NULL OR toString(car.modelYear) = $modelYear)
  AND ($builtFrom IS NULL OR car.builtOn >= $builtFrom) AND ($builtTo IS NULL OR car.builtOn <= $builtTo)
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
