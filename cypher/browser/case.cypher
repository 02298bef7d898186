// A past case with its cause, actions, components and symptoms, for Neo4j Browser.
//
// Params   $id  STRING
// Returns  one row a neighbour
MATCH (record:Case {id: $id})
OPTIONAL MATCH path = (record)-[]-()
RETURN record AS record, path AS path
LIMIT 100
