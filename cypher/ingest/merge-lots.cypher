// Lots that records name, each of one part.
//
// Params   $lots   LIST<MAP> id, partId, partNo, lot (null: unknown); sorted by id
// Returns  nothing
UNWIND $lots AS row
MERGE (lot:PartLot {id: row.id})
ON CREATE SET lot.partNo = row.partNo, lot.lot = row.lot
WITH lot, row
WHERE NOT EXISTS { (lot)-[:LOT_OF]->() }
MATCH (part:Part {id: row.partId})
MERGE (lot)-[:LOT_OF]->(part)
