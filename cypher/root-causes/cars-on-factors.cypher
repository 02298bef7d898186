// Cars in the field that carried all of some factors, each at some time between sale and cut-off, with how many of them an analysis counted a
// report of.
//
// Params   $analysisId   STRING
//          $cutOff       STRING, instant
//          $factors      LIST<MAP> as in claims-on-factors.cypher
//          $models, $regions         LIST<STRING> in lower case, or null: all
//          $modelYears               LIST<INTEGER> or null
//          $builtFrom, $builtTo      STRING, days, or null
// Returns  one row
MATCH (car:Vehicle)
WHERE car.known AND left(car.soldOn, 16) < left($cutOff, 16) AND none(flag IN coalesce(car.dataQuality, []) WHERE flag IN ['futureDate', 'soldBeforeBuilt'])
  AND ($models IS NULL OR toLower(car.model) IN $models) AND ($regions IS NULL OR toLower(car.region) IN $regions)
  AND ($modelYears IS NULL OR car.modelYear IN $modelYears)
  AND ($builtFrom IS NULL OR car.builtOn >= $builtFrom) AND ($builtTo IS NULL OR car.builtOn <= $builtTo)
  AND all(factor IN $factors WHERE CASE factor.dimension
  WHEN 'lot' THEN EXISTS {
    MATCH (car)-[fit:BUILT_WITH]->(lot:PartLot)
    WHERE lot.id = factor.nodeId AND left(fit.from, 16) < left($cutOff, 16) AND (fit.to IS NULL OR car.soldOn < left(fit.to, 16)) }
  WHEN 'part-number' THEN EXISTS {
    MATCH (car)-[fit:BUILT_WITH]->(:PartLot)-[:LOT_OF]->(part:Part)
    WHERE part.id = factor.nodeId AND left(fit.from, 16) < left($cutOff, 16) AND (fit.to IS NULL OR car.soldOn < left(fit.to, 16)) }
  WHEN 'supplier' THEN EXISTS {
    MATCH (car)-[fit:BUILT_WITH]->(lot:PartLot)-[:SUPPLIED_BY]->(supplier:Supplier)
    WHERE supplier.id = factor.nodeId AND fit.component = factor.component AND COUNT { (lot)-[:SUPPLIED_BY]->(:Supplier) } = 1
      AND left(fit.from, 16) < left($cutOff, 16) AND (fit.to IS NULL OR car.soldOn < left(fit.to, 16)) }
  WHEN 'condition' THEN EXISTS {
    MATCH (car)-[fit:BUILT_WITH]->(:PartLot)
    WHERE fit.component = factor.component AND fit.condition = factor.value
      AND left(fit.from, 16) < left($cutOff, 16) AND (fit.to IS NULL OR car.soldOn < left(fit.to, 16)) }
  WHEN 'software' THEN EXISTS {
    MATCH (car)-[ran:RAN]->(release:SoftwareRelease)
    WHERE release.id = factor.nodeId AND left(ran.from, 16) < left($cutOff, 16) AND (ran.to IS NULL OR car.soldOn < left(ran.to, 16)) }
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
RETURN count(car) AS vehicles,
       count(CASE WHEN EXISTS { (car)<-[:ABOUT|REPAIRED]-()<-[:COUNTED]-(:Analysis {id: $analysisId}) } THEN 1 END) AS affected
