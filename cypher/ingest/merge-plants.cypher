// Plants that records name.
//
// Params   $plants   LIST<MAP> id, key; sorted by id
// Returns  nothing
UNWIND $plants AS row
MERGE (node:Plant {id: row.id})
ON CREATE SET node.key = row.key
