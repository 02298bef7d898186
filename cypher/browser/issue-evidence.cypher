// An issue with what it rests on, for Neo4j Browser: the paths of issues/read-issue-graph.cypher.
//
// Params   $issueId  STRING
//          $limit    INTEGER, most paths
// Returns  one row a path
MATCH (issue:Issue {id: $issueId})
CALL (issue) {
  MATCH path = (issue)-[:ANALYZED_BY]->(:Analysis)-[:RANKED]->(candidate:Candidate)-[:BLAMES|CITES]->()
  RETURN path, 1 AS kind
  UNION
  MATCH path = (issue)-[:LOOKS_LIKE]->(:Case)-[:CAUSED_BY|CONTAINED_BY|CORRECTED_BY]->()
  RETURN path, 2 AS kind
  UNION
  MATCH path = (issue)-[:MERGED_INTO|SPLIT_FROM|OPENED|OF_CLASS]-()
  RETURN path, 0 AS kind
  UNION
  MATCH path = (issue)<-[:FOR]-(:Suggestion)
  RETURN path, 0 AS kind
  UNION
  MATCH path = (issue)<-[:RAISED]-(:Feedback)
  RETURN path, 3 AS kind
  UNION
  MATCH path = (issue)<-[:RAISED]-(:Feedback)-[:ABOUT|SENT_WITH|MENTIONS]->()
  RETURN path, 4 AS kind
}
WITH path, kind
ORDER BY kind, length(path), [node IN nodes(path) | node.id]
LIMIT toInteger($limit)
RETURN path AS path
