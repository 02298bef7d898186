// Reports counted by an analysis whose car carried one software version at that instant: as it was, not as it is.
//
// Params   $analysisId     STRING
//          $releaseId      STRING
// Returns  one row
MATCH (analysis:Analysis {id: $analysisId})-[:COUNTED]->(report:Feedback|RepairOrder)-[:ABOUT|REPAIRED]->(car:Vehicle)
WITH report, car, left(coalesce(report.occurredAt, report.openedAt), 16) AS at
MATCH (car)-[ran:RAN]->(:SoftwareRelease {id: $releaseId})
WHERE left(ran.from, 16) <= at AND (ran.to IS NULL OR at < left(ran.to, 16))
RETURN count(DISTINCT report) AS claims, count(DISTINCT car) AS vehicles
