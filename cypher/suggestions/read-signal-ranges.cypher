// Usual ranges of signals, from decoded answers of cars of the model.
//
// Params   $signalIds   LIST<STRING>, `MAKE/MODEL/name`
// Returns  one row a signal that has a range
UNWIND $signalIds AS id
MATCH (signal:Signal {id: id})
WHERE signal.p01 IS NOT NULL AND signal.p99 IS NOT NULL
RETURN signal.id AS signalId, signal.name AS name, signal.unit AS unit, signal.p01 AS p01, signal.p99 AS p99, signal.seen AS seen
