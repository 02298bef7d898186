// Service centres that records name.
//
// Params   $serviceCenters   LIST<MAP> id, key; sorted by id
// Returns  nothing
UNWIND $serviceCenters AS row
MERGE (node:ServiceCenter {id: row.id})
ON CREATE SET node.key = row.key
