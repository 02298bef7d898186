// An issue with what it rests on: feedback, cars, cases, analyses with their leading candidates and what they blame, suggestions, alerts.
//
// Params   $issueId  STRING
//          $limit    INTEGER, most paths
// Returns  one row; path, nearest first
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
RETURN [node IN nodes(path) | {id: node.id, labels: labels(node), caption: coalesce(node.title, node.statement, node.channel, node.state, node.key)}] AS nodes,
       [edge IN relationships(path) | {from: startNode(edge).id, type: type(edge), to: endNode(edge).id}] AS relationships
