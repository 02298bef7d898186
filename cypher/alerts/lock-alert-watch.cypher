// Takes the lock of early warning for the rest of the transaction, and tells up to when it has looked.
//
// Params   $at  STRING, instant
// Returns  one row; scannedTo is null before the first scan
MERGE (watch:AlertWatch {id: 'early-warning'})
SET watch.touchedAt = $at
RETURN watch.scannedTo AS scannedTo
