// How much whole scans have watched.
//
// Params   none
// Returns  one row
OPTIONAL MATCH (scan:AlertScan)
RETURN count(scan) AS scans, coalesce(sum(scan.streamYears), 0.0) AS streamYears
