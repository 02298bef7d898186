// Components that generic fault codes point at.
//
// Params   $rows   LIST<MAP> code, componentId, rank (null: no order); each code and component once, sorted; the components are there
// Returns  one row an outcome: created, updated or unchanged
UNWIND $rows AS row
MERGE (dtc:Dtc {id: row.code})
ON CREATE SET dtc.code = row.code, dtc.maker = 'GENERIC', dtc.known = false
WITH row, dtc
MATCH (component:Component {id: row.componentId})
OPTIONAL MATCH (dtc)-[before:POINTS_AT]->(component)
WITH row, dtc, component,
     CASE WHEN before IS NULL THEN 'created'
          WHEN coalesce(before.rank, 0) = coalesce(row.rank, 0) THEN 'unchanged'
          ELSE 'updated' END AS outcome
MERGE (dtc)-[points:POINTS_AT]->(component)
SET points.rank = toInteger(row.rank)
RETURN outcome AS outcome, count(*) AS rows
