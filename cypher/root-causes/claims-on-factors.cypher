// Reports counted by an analysis whose car carried all of some factors at that instant: the lot that was in the car then, the software it ran.
//
// Params   $analysisId   STRING
//          $factors      LIST<MAP> dimension; nodeId (of the lot, part, supplier or release); component; value (of a property of the car, a
//                        service centre or a condition); from, to (days, both inclusive, of build weeks)
// Returns  one row
MATCH (analysis:Analysis {id: $analysisId})-[:COUNTED]->(report:Feedback|RepairOrder)-[:ABOUT|REPAIRED]->(car:Vehicle)
WITH report, car, left(coalesce(report.occurredAt, report.openedAt), 16) AS at
WHERE all(factor IN $factors WHERE CASE factor.dimension
  WHEN 'lot' THEN EXISTS {
    MATCH (car)-[fit:BUILT_WITH]->(lot:PartLot)
    WHERE lot.id = factor.nodeId AND left(fit.from, 16) <= at AND (fit.to IS NULL OR at < left(fit.to, 16)) }
  WHEN 'part-number' THEN EXISTS {
    MATCH (car)-[fit:BUILT_WITH]->(:PartLot)-[:LOT_OF]->(part:Part)
    WHERE part.id = factor.nodeId AND left(fit.from, 16) <= at AND (fit.to IS NULL OR at < left(fit.to, 16)) }
  WHEN 'supplier' THEN EXISTS {
    MATCH (car)-[fit:BUILT_WITH]->(lot:PartLot)-[:SUPPLIED_BY]->(supplier:Supplier)
    WHERE supplier.id = factor.nodeId AND fit.component = factor.component AND COUNT { (lot)-[:SUPPLIED_BY]->(:Supplier) } = 1
      AND left(fit.from, 16) <= at AND (fit.to IS NULL OR at < left(fit.to, 16)) }
  WHEN 'condition' THEN EXISTS {
    MATCH (car)-[fit:BUILT_WITH]->(:PartLot)
    WHERE fit.component = factor.component AND fit.condition = factor.value
      AND left(fit.from, 16) <= at AND (fit.to IS NULL OR at < left(fit.to, 16)) }
  WHEN 'software' THEN EXISTS {
    MATCH (car)-[ran:RAN]->(release:SoftwareRelease)
    WHERE release.id = factor.nodeId AND left(ran.from, 16) <= at AND (ran.to IS NULL OR at < left(ran.to, 16)) }
  WHEN 'service-center' THEN EXISTS {
    MATCH (car)<-[:REPAIRED]-(visit:RepairOrder)
    WHERE visit.serviceCenter = factor.value AND left(visit.closedAt, 16) <= at }
  WHEN 'option' THEN factor.value IN car.options
  WHEN 'build-week' THEN car.builtOn >= factor.from AND car.builtOn <= factor.to
  WHEN 'plant' THEN car.plant = factor.value
  WHEN 'model' THEN car.model = factor.value
  WHEN 'model-year' THEN toString(car.modelYear) = factor.value
  WHEN 'trim' THEN car.trim = factor.value
  WHEN 'region' THEN car.region = factor.value
  ELSE false END)
RETURN count(DISTINCT report) AS claims, count(DISTINCT car) AS vehicles
