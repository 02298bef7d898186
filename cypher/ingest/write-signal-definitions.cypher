// What signals are: unit, label and the range that can be sent at all.
//
// Params   $rows   LIST<MAP> id, make, model, name, label, unit, min, max; each id once, sorted
// Returns  one row an outcome: created, updated or unchanged
UNWIND $rows AS row
MERGE (signal:Signal {id: row.id})
ON CREATE SET signal.make = row.make, signal.model = row.model, signal.name = row.name
WITH row, signal, [signal.label, signal.unit, toString(signal.min), toString(signal.max)] AS before
SET signal.label = row.label, signal.unit = row.unit, signal.min = row.min, signal.max = row.max
WITH CASE WHEN all(side IN before WHERE side IS NULL) THEN 'created'
          WHEN all(i IN range(0, 3) WHERE coalesce(before[i], '') =
            coalesce([row.label, row.unit, toString(row.min), toString(row.max)][i], '')) THEN 'unchanged'
          ELSE 'updated' END AS outcome
RETURN outcome AS outcome, count(*) AS rows
