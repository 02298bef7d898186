// Reports counted by an analysis whose car carried one part number at that instant: as it was, not as it is.
//
// Params   $analysisId     STRING
//          $partId         STRING
// Returns  one row
MATCH (analysis:Analysis {id: $analysisId})-[:COUNTED]->(report:Feedback|RepairOrder)-[:ABOUT|REPAIRED]->(car:Vehicle)
WITH report, car, left(coalesce(report.occurredAt, report.openedAt), 16) AS at
MATCH (car)-[fit:BUILT_WITH]->(:PartLot)-[:LOT_OF]->(:Part {id: $partId})
WHERE left(fit.from, 16) <= at AND (fit.to IS NULL OR at < left(fit.to, 16))
RETURN count(DISTINCT report) AS claims, count(DISTINCT car) AS vehicles
