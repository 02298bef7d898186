// What signals have been seen to be.
//
// Params   $rows   LIST<MAP> id, make, model, name, seen, lowest, p01, p50, p99, highest; each id once, sorted
// Returns  one row an outcome: created, updated or unchanged
UNWIND $rows AS row
MERGE (signal:Signal {id: row.id})
ON CREATE SET signal.make = row.make, signal.model = row.model, signal.name = row.name
WITH row, signal,
     CASE WHEN signal.seen IS NULL THEN 'created'
          WHEN [signal.seen, signal.lowest, signal.p01, signal.p50, signal.p99, signal.highest] =
               [toInteger(row.seen), row.lowest, row.p01, row.p50, row.p99, row.highest] THEN 'unchanged'
          ELSE 'updated' END AS outcome
SET signal.seen = toInteger(row.seen), signal.lowest = row.lowest, signal.p01 = row.p01, signal.p50 = row.p50, signal.p99 = row.p99,
    signal.highest = row.highest
RETURN outcome AS outcome, count(*) AS rows
