// Who supplied which lot.
//
// Params   $supplies   LIST<MAP> lotId, supplierId, key; sorted by supplier and lot
// Returns  nothing
UNWIND $supplies AS row
MATCH (lot:PartLot {id: row.lotId})
MERGE (supplier:Supplier {id: row.supplierId})
ON CREATE SET supplier.key = row.key
WITH lot, supplier
WHERE NOT EXISTS { (lot)-[:SUPPLIED_BY]->(supplier) }
MERGE (lot)-[:SUPPLIED_BY]->(supplier)
SET lot.changedAt = timestamp()
