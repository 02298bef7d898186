// The chain from a symptom or component over a past case to its cause, which a candidate blames.
//
// Params   $candidateId   STRING
//          $caseId        STRING
// Returns  one row, or none; nodes: id, label, caption; relationships: from, type, to
MATCH blamed = (candidate:Candidate {id: $candidateId})-[:BLAMES]->(:Cause)<-[:CAUSED_BY]-(past:Case {id: $caseId})<-[:CITES]-(candidate)
MATCH told = (past)-[:SHOWED|ON]->(said:Symptom|Component)
WITH blamed, told
ORDER BY said:Symptom DESC, said.id
LIMIT 1
WITH [told, blamed] AS paths
RETURN paths AS paths,
       reduce(all = [], path IN paths | all + [node IN nodes(path) | {id: node.id, label: labels(node)[0],
         caption: coalesce(node.labelEn, node.title, node.text, node.statement, node.id)}]) AS nodes,
       reduce(all = [], path IN paths | all + [step IN relationships(path) | {from: startNode(step).id, type: type(step), to: endNode(step).id}]) AS relationships
