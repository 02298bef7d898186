// Reports counted by an analysis of cars that are alike: of one plant, model, trim, region, option, model year, or built between two days.
//
// Params   $analysisId   STRING
//          $plant, $model, $trim, $region, $option, $modelYear   STRING or null: any
//          $builtFrom, $builtTo   STRING, days, or null
// Returns  one row
MATCH (analysis:Analysis {id: $analysisId})-[:COUNTED]->(report:Feedback|RepairOrder)-[:ABOUT|REPAIRED]->(car:Vehicle)
WHERE ($plant IS NULL OR car.plant = $plant) AND ($model IS NULL OR car.model = $model)
  AND ($trim IS NULL OR car.trim = $trim) AND ($region IS NULL OR car.region = $region)
  AND ($option IS NULL OR $option IN car.options) AND ($modelYear IS NULL OR toString(car.modelYear) = $modelYear)
  AND ($builtFrom IS NULL OR car.builtOn >= $builtFrom) AND ($builtTo IS NULL OR car.builtOn <= $builtTo)
RETURN count(DISTINCT report) AS claims, count(DISTINCT car) AS vehicles
