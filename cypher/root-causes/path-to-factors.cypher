// One chain of nodes from a symptom over a report and its car to what a candidate blames: as it was when the car failed. The earliest report
// that has all of it. In Neo4j Browser the paths draw themselves.
//
// Params   $candidateId   STRING
//          $reportIds     LIST<STRING>, reports the candidate cites, to choose from
//          $symptoms, $components   LIST<STRING>, keys of the symptom class, or null: any
//          $factors       LIST<MAP> as in claims-on-factors.cypher
// Returns  one row, or none where no report has the whole chain; nodes: id, label, caption; relationships: from, type, to
MATCH (candidate:Candidate {id: $candidateId})-[:CITES]->(report:Feedback|RepairOrder)
WHERE report.id IN $reportIds
WITH candidate, report, left(coalesce(report.occurredAt, report.openedAt), 16) AS at
MATCH told = (said:Symptom|Component)<-[:SHOWS|CONCERNS]-(finding:Finding)<-[:HOLDS]-(report)
WHERE NOT finding.negated AND NOT finding.past AND NOT finding.hypothetical
  AND CASE WHEN $symptoms IS NOT NULL THEN said:Symptom AND said.id IN $symptoms ELSE said:Component AND said.id IN $components END
WITH candidate, report, at, told
ORDER BY at, report.id, said.id, finding.id
WITH candidate, report, at, collect(told)[0] AS told
MATCH (report)-[:ABOUT|REPAIRED]->(car:Vehicle)
CALL (candidate, report, car, at) {
  UNWIND range(0, size($factors) - 1) AS position
  WITH candidate, report, car, at, position, $factors[position] AS factor
  CALL (candidate, report, car, at, factor) {
    MATCH carried = (report)-[:ABOUT|REPAIRED]->(car)-[fit:BUILT_WITH]->(lot:PartLot)<-[:BLAMES]-(candidate)
    WHERE factor.dimension = 'lot' AND lot.id = factor.nodeId AND left(fit.from, 16) <= at AND (fit.to IS NULL OR at < left(fit.to, 16))
    RETURN carried
    UNION ALL
    MATCH carried = (report)-[:ABOUT|REPAIRED]->(car)-[fit:BUILT_WITH]->(:PartLot)-[:LOT_OF]->(part:Part)<-[:BLAMES]-(candidate)
    WHERE factor.dimension = 'part-number' AND part.id = factor.nodeId AND left(fit.from, 16) <= at AND (fit.to IS NULL OR at < left(fit.to, 16))
    RETURN carried
    UNION ALL
    MATCH carried = (report)-[:ABOUT|REPAIRED]->(car)-[fit:BUILT_WITH]->(:PartLot)-[:SUPPLIED_BY]->(supplier:Supplier)<-[:BLAMES]-(candidate)
    WHERE factor.dimension = 'supplier' AND supplier.id = factor.nodeId AND fit.component = factor.component
      AND left(fit.from, 16) <= at AND (fit.to IS NULL OR at < left(fit.to, 16))
    RETURN carried
    UNION ALL
    MATCH carried = (candidate)-[:CITES]->(report)-[:ABOUT|REPAIRED]->(car)-[fit:BUILT_WITH]->(:PartLot)
    WHERE factor.dimension = 'condition' AND fit.component = factor.component AND fit.condition = factor.value
      AND left(fit.from, 16) <= at AND (fit.to IS NULL OR at < left(fit.to, 16))
    RETURN carried
    UNION ALL
    MATCH carried = (report)-[:ABOUT|REPAIRED]->(car)-[ran:RAN]->(release:SoftwareRelease)<-[:BLAMES]-(candidate)
    WHERE factor.dimension = 'software' AND release.id = factor.nodeId AND left(ran.from, 16) <= at AND (ran.to IS NULL OR at < left(ran.to, 16))
    RETURN carried
    UNION ALL
    MATCH carried = (report)-[:ABOUT|REPAIRED]->(car)<-[:REPAIRED]-(visit:RepairOrder)-[:AT]->(center:ServiceCenter)<-[:BLAMES]-(candidate)
    WHERE factor.dimension = 'service-center' AND visit.serviceCenter = factor.value AND left(visit.closedAt, 16) <= at
    RETURN carried
    UNION ALL
    MATCH carried = (car)<-[:ABOUT|REPAIRED]-(report)<-[:CITES]-(candidate)-[:BLAMES]->(plant:Plant)
    WHERE factor.dimension = 'plant' AND plant.id = factor.nodeId AND car.plant = factor.value
    RETURN carried
    UNION ALL
    MATCH carried = (car)<-[:ABOUT|REPAIRED]-(report)<-[:CITES]-(candidate)
    WHERE CASE factor.dimension
      WHEN 'option' THEN factor.value IN car.options
      WHEN 'build-week' THEN car.builtOn >= factor.from AND car.builtOn <= factor.to
      WHEN 'model' THEN car.model = factor.value
      WHEN 'model-year' THEN toString(car.modelYear) = factor.value
      WHEN 'trim' THEN car.trim = factor.value
      WHEN 'region' THEN car.region = factor.value
      ELSE false END
    RETURN carried
  }
  WITH position, collect(carried)[0] AS carried
  RETURN collect(carried) AS chains
}
WITH report, at, told, chains
WHERE size(chains) = size($factors)
ORDER BY at, report.id
LIMIT 1
WITH report, [told] + chains AS paths
RETURN report.id AS reportId, paths AS paths,
       reduce(all = [], path IN paths | all + [node IN nodes(path) | {id: node.id, label: labels(node)[0], caption: CASE
         WHEN node:Vehicle THEN coalesce(node.model, '') + coalesce(' ' + toString(node.modelYear), '') + coalesce(', ' + node.plant, '') + coalesce(', built ' + node.builtOn, '')
         WHEN node:Finding THEN 'finding'
         WHEN node:Feedback THEN 'feedback of ' + left(node.occurredAt, 10)
         WHEN node:RepairOrder THEN 'repair order of ' + left(node.openedAt, 10)
         WHEN node:Candidate THEN node.statement
         ELSE coalesce(node.labelEn, node.key, node.id) END}]) AS nodes,
       reduce(all = [], path IN paths | all + [step IN relationships(path) | {from: startNode(step).id, type: type(step), to: endNode(step).id}]) AS relationships
