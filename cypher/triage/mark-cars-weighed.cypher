// Notes that the evidence of some cars was weighed.
//
// Params   $vehicleIds          LIST<STRING>
//          $weighedAt           INTEGER, server time in ms; what is written from then on is weighed again
//          $vocabularyVersion   STRING
// Returns  nothing
UNWIND $vehicleIds AS vehicleId
MATCH (car:Vehicle {id: vehicleId})
SET car.weighedAt = toInteger($weighedAt), car.weighedWith = $vocabularyVersion
