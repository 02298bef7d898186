// What fault codes mean. A maker's own meaning stands on a node of its own beside the generic one, on which records point.
//
// Params   $rows   LIST<MAP> id, code, maker, meaning, language; each id once, sorted
// Returns  one row an outcome: created, updated or unchanged
UNWIND $rows AS row
MERGE (generic:Dtc {id: row.code})
ON CREATE SET generic.code = row.code, generic.maker = 'GENERIC', generic.known = false
MERGE (dtc:Dtc {id: row.id})
ON CREATE SET dtc.code = row.code, dtc.maker = row.maker
WITH row, generic, dtc,
     CASE WHEN dtc.meaning IS NULL THEN 'created'
          WHEN dtc.meaning = row.meaning AND dtc.language = row.language THEN 'unchanged'
          ELSE 'updated' END AS outcome
SET dtc.meaning = row.meaning, dtc.language = row.language, dtc.known = true
FOREACH (own IN CASE WHEN row.id <> row.code THEN [dtc] ELSE [] END | MERGE (own)-[:SPECIALIZES]->(generic))
RETURN outcome AS outcome, count(*) AS rows
