// Keeps that a whole scan was made; the same scan again keeps the first record.
//
// Params   $asOf, $engineVersion  STRING
//          $streams, $seed        INTEGER
//          $streamYears           FLOAT, watched since the scan before
// Returns  one row
MERGE (scan:AlertScan {id: $asOf})
ON CREATE SET scan.asOf = $asOf, scan.streams = toInteger($streams), scan.streamYears = $streamYears, scan.engineVersion = $engineVersion,
              scan.seed = toInteger($seed)
RETURN scan.id AS scanId
