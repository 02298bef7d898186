// What texts were found to say, one node a component and symptom said together.
//
// Params   $sources   LIST<MAP> node (element id of the record, which this transaction holds), findings: LIST<MAP>
// Returns  nothing
UNWIND $sources AS source
MATCH (record) WHERE elementId(record) = source.node
UNWIND source.findings AS row
CREATE (record)-[:HOLDS]->(finding:Finding {id: row.id, spanStart: toInteger(row.spanStart), spanEnd: toInteger(row.spanEnd),
  confidence: row.confidence, method: row.method, negated: row.negated, past: row.past, hypothetical: row.hypothetical,
  vocabularyVersion: row.vocabularyVersion})
WITH finding, row
CALL (finding, row) { MATCH (symptom:Symptom {id: row.symptom}) CREATE (finding)-[:SHOWS]->(symptom) }
CALL (finding, row) { MATCH (component:Component {id: row.component}) CREATE (finding)-[:CONCERNS]->(component) }
