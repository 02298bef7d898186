// What texts were found to say, one node a component and symptom said together. A key that is not there yet is made: a finding is never left without what
// it says. Labels come with the vocabulary.
//
// Params   $sources   LIST<MAP> node (element id of the record, which this transaction holds), findings: LIST<MAP>
// Returns  nothing
UNWIND $sources AS source
MATCH (record) WHERE elementId(record) = source.node
UNWIND source.findings AS row
CREATE (record)-[:HOLDS]->(finding:Finding {id: row.id, spanStart: toInteger(row.spanStart), spanEnd: toInteger(row.spanEnd),
  confidence: row.confidence, method: row.method, negated: row.negated, past: row.past, hypothetical: row.hypothetical,
  vocabularyVersion: row.vocabularyVersion})
FOREACH (key IN CASE WHEN row.symptom IS NULL THEN [] ELSE [row.symptom] END | MERGE (symptom:Symptom {id: key}) CREATE (finding)-[:SHOWS]->(symptom))
FOREACH (key IN CASE WHEN row.component IS NULL THEN [] ELSE [row.component] END | MERGE (component:Component {id: key}) CREATE (finding)-[:CONCERNS]->(component))
