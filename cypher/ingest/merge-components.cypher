// Components that records name. A free word hangs under `unclassified`; keys get their labels when the vocabulary is written.
//
// Params   $components   LIST<MAP> id, freeWord (null for a key), sorted by id
// Returns  nothing
UNWIND $components AS row
MERGE (component:Component {id: row.id})
ON CREATE SET component.freeWord = row.freeWord
WITH component, row
WHERE row.freeWord IS NOT NULL AND NOT EXISTS { (component)-[:PART_OF]->() }
MERGE (unclassified:Component {id: 'unclassified'})
MERGE (component)-[:PART_OF]->(unclassified)
