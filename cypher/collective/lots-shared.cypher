// Lots and suppliers of some components that several of some cars carried by a day, with how many cars carry each.
//
// Params   $vehicleIds   LIST<STRING>
//          $components   LIST<STRING>
//          $day          STRING, YYYY-MM-DD
// Returns  one row a lot, most of the cars first; at most ten
UNWIND $vehicleIds AS id
MATCH (car:Vehicle {id: id})-[carried:BUILT_WITH]->(lot:PartLot)
WHERE carried.component IN $components AND carried.from <= $day AND (carried.to IS NULL OR carried.to > $day) AND lot.lot IS NOT NULL
WITH lot, count(DISTINCT car) AS carsReporting
ORDER BY carsReporting DESC, lot.id
LIMIT 10
RETURN lot.id AS level, [(lot)-[:SUPPLIED_BY]->(supplier:Supplier) | supplier.key][0] AS supplier, carsReporting AS carsReporting,
       COUNT { (lot)<-[:BUILT_WITH]-(:Vehicle) } AS carsCarrying
