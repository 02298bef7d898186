// Releases that several of some cars ran on a day, with how many cars ran each at any time.
//
// Params   $vehicleIds   LIST<STRING>
//          $at           STRING, instant
// Returns  one row a release, most of the cars first; at most ten
UNWIND $vehicleIds AS id
MATCH (car:Vehicle {id: id})-[ran:RAN]->(release:SoftwareRelease)
WHERE ran.from <= $at AND (ran.to IS NULL OR ran.to > $at)
WITH release, count(DISTINCT car) AS carsReporting
ORDER BY carsReporting DESC, release.id
LIMIT 10
RETURN release.id AS level, carsReporting AS carsReporting, COUNT { (release)<-[:RAN]-(:Vehicle) } AS carsCarrying
