// Reports counted by an analysis whose car carried a component of one supplier at that instant: as it was, not as it is.
//
// Params   $analysisId     STRING
//          $supplierId     STRING
//          $component      STRING, of the parts
// Returns  one row
MATCH (analysis:Analysis {id: $analysisId})-[:COUNTED]->(report:Feedback|RepairOrder)-[:ABOUT|REPAIRED]->(car:Vehicle)
WITH report, car, left(coalesce(report.occurredAt, report.openedAt), 16) AS at
MATCH (car)-[fit:BUILT_WITH {component: $component}]->(lot:PartLot)-[:SUPPLIED_BY]->(:Supplier {id: $supplierId})
WHERE left(fit.from, 16) <= at AND (fit.to IS NULL OR at < left(fit.to, 16))
  AND COUNT { (lot)-[:SUPPLIED_BY]->(:Supplier) } = 1
RETURN count(DISTINCT report) AS claims, count(DISTINCT car) AS vehicles
