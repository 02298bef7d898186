// Components of the vocabulary, with labels and tree. A key that moved in the tree loses its former parent.
//
// Params   $terms   LIST<MAP> id, labelEn, labelZh, definition, parent (null: a top); sorted
// Returns  nothing
UNWIND $terms AS row
MERGE (component:Component {id: row.id})
SET component.labelEn = row.labelEn, component.labelZh = row.labelZh, component.definition = row.definition
WITH component, row
CALL (component, row) {
  MATCH (component)-[former:PART_OF]->(parent:Component)
  WHERE parent.id <> coalesce(row.parent, '')
  DELETE former
}
WITH component, row
WHERE row.parent IS NOT NULL
MERGE (parent:Component {id: row.parent})
MERGE (component)-[:PART_OF]->(parent)
