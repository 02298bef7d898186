// How many known cars of some models were sold by a day.
//
// Params   $models   LIST<STRING>, as the cars spell them
//          $day      STRING, YYYY-MM-DD
// Returns  one row
// Index    vehicle_model
UNWIND $models AS model
MATCH (car:Vehicle {model: model})
WHERE car.known AND car.soldOn <= $day
RETURN count(car) AS cars
