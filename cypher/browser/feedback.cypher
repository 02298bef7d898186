// A feedback with its car, its findings, its issue and its triage, for Neo4j Browser.
//
// Params   $id  STRING
// Returns  one row a neighbour
MATCH (record:Feedback {id: $id})
OPTIONAL MATCH path = (record)-[]-()
RETURN record AS record, path AS path
LIMIT 100
