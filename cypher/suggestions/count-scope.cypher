// Cars that carry some factors now, by where they are: unsold stock until shipped, in transit until delivered, at an outlet until sold.
//
// Params   $cutOff    STRING, instant: as of when
//          $factors   LIST<MAP> as in root-causes/claims-on-factors.cypher; all must hold, none means every car
//          $models    LIST<STRING> or null: models as the cars spell them
// Returns  one row
MATCH (car:Vehicle)
WHERE car.known AND car.builtOn <= left($cutOff, 10)
  AND ($models IS NULL OR car.model IN $models)
  AND all(factor IN $factors WHERE CASE factor.dimension
  WHEN 'lot' THEN EXISTS {
    MATCH (car)-[fit:BUILT_WITH]->(lot:PartLot)
    WHERE lot.id = factor.nodeId AND left(fit.from, 16) < left($cutOff, 16) AND (fit.to IS NULL OR left(fit.to, 16) >= left($cutOff, 16)) }
  WHEN 'part-number' THEN EXISTS {
    MATCH (car)-[fit:BUILT_WITH]->(:PartLot)-[:LOT_OF]->(part:Part)
    WHERE part.id = factor.nodeId AND left(fit.from, 16) < left($cutOff, 16) AND (fit.to IS NULL OR left(fit.to, 16) >= left($cutOff, 16)) }
  WHEN 'supplier' THEN EXISTS {
    MATCH (car)-[fit:BUILT_WITH]->(lot:PartLot)-[:SUPPLIED_BY]->(supplier:Supplier)
    WHERE supplier.id = factor.nodeId AND fit.component = factor.component AND COUNT { (lot)-[:SUPPLIED_BY]->(:Supplier) } = 1
      AND left(fit.from, 16) < left($cutOff, 16) AND (fit.to IS NULL OR left(fit.to, 16) >= left($cutOff, 16)) }
  WHEN 'condition' THEN EXISTS {
    MATCH (car)-[fit:BUILT_WITH]->(:PartLot)
    WHERE fit.component = factor.component AND fit.condition = factor.value
      AND left(fit.from, 16) < left($cutOff, 16) AND (fit.to IS NULL OR left(fit.to, 16) >= left($cutOff, 16)) }
  WHEN 'software' THEN EXISTS {
    MATCH (car)-[ran:RAN]->(release:SoftwareRelease)
    WHERE release.id = factor.nodeId AND left(ran.from, 16) < left($cutOff, 16) AND (ran.to IS NULL OR left(ran.to, 16) >= left($cutOff, 16)) }
  WHEN 'service-center' THEN EXISTS {
    MATCH (car)<-[:REPAIRED]-(visit:RepairOrder)
    WHERE visit.serviceCenter = factor.value AND left(visit.closedAt, 16) < left($cutOff, 16) }
  WHEN 'option' THEN factor.value IN car.options
  WHEN 'build-week' THEN car.builtOn >= factor.from AND car.builtOn <= factor.to
  WHEN 'plant' THEN car.plant = factor.value
  WHEN 'model' THEN car.model = factor.value
  WHEN 'model-year' THEN toString(car.modelYear) = factor.value
  WHEN 'trim' THEN car.trim = factor.value
  WHEN 'region' THEN car.region = factor.value
  ELSE false END)
WITH CASE WHEN car.soldOn IS NOT NULL AND car.soldOn <= left($cutOff, 10) THEN 'sold'
     WHEN car.deliveredOn IS NOT NULL AND car.deliveredOn <= left($cutOff, 10) THEN 'at-outlet'
     WHEN car.shippedOn IS NOT NULL AND car.shippedOn <= left($cutOff, 10) THEN 'in-transit' ELSE 'stock' END AS state
RETURN count(CASE state WHEN 'stock' THEN 1 END) AS stock, count(CASE state WHEN 'in-transit' THEN 1 END) AS inTransit,
       count(CASE state WHEN 'at-outlet' THEN 1 END) AS atOutlet, count(CASE state WHEN 'sold' THEN 1 END) AS sold
