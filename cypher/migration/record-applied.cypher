// Notes that a schema file was applied.
//
// Params   $file      STRING, name of the file
//          $checksum  STRING, SHA-256 in hex
//          $appliedAt STRING, instant
// Returns  nothing
MERGE (applied:Migration {id: $file})
SET applied.checksum = $checksum, applied.appliedAt = $appliedAt
