// Moves the instant up to which early warning has looked; never back.
//
// Params   $asOf  STRING, instant
// Returns  one row
MATCH (watch:AlertWatch {id: 'early-warning'})
SET watch.scannedTo = CASE WHEN watch.scannedTo IS NULL OR watch.scannedTo < $asOf THEN $asOf ELSE watch.scannedTo END
RETURN watch.scannedTo AS scannedTo
