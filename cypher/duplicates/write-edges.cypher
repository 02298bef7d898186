// Writes relations between feedback. MERGE, not CREATE: two processes may find the same pair.
//
// Params   $edges   LIST<MAP> from, to, type (as in the graph), properties
// Returns  nothing
UNWIND $edges AS row
MATCH (later:Feedback {id: row.from}), (earlier:Feedback {id: row.to})
FOREACH (_ IN CASE row.type WHEN 'DUPLICATE_OF' THEN [1] ELSE [] END | MERGE (later)-[edge:DUPLICATE_OF]->(earlier) SET edge = row.properties)
FOREACH (_ IN CASE row.type WHEN 'SAME_ISSUE_AS' THEN [1] ELSE [] END | MERGE (later)-[edge:SAME_ISSUE_AS]->(earlier) SET edge = row.properties)
FOREACH (_ IN CASE row.type WHEN 'SIMILAR_TO' THEN [1] ELSE [] END | MERGE (later)-[edge:SIMILAR_TO]->(earlier) SET edge = row.properties)
FOREACH (_ IN CASE row.type WHEN 'DISTINCT_FROM' THEN [1] ELSE [] END | MERGE (later)-[edge:DISTINCT_FROM]->(earlier) SET edge = row.properties)
