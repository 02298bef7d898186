// Part numbers that records name, with the components they realise.
//
// Params   $parts   LIST<MAP> id, key, components (ids); sorted by id
// Returns  nothing
UNWIND $parts AS row
MERGE (part:Part {id: row.id})
ON CREATE SET part.key = row.key
WITH part, row
UNWIND row.components AS componentId
MATCH (component:Component {id: componentId})
WHERE NOT EXISTS { (part)-[:REALIZES]->(component) }
MERGE (part)-[:REALIZES]->(component)
