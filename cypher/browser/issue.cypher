// An issue with the feedback that raised it and the cases it looks like, for Neo4j Browser.
//
// Params   $id  STRING
// Returns  one row a neighbour
MATCH (record:Issue {id: $id})
OPTIONAL MATCH path = (record)-[]-()
RETURN record AS record, path AS path
LIMIT 100
