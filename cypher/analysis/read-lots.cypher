// Part number, lot and suppliers of some lots.
//
// Params   $ids   LIST<STRING>
// Returns  one row a lot; lot is null where it is not known
UNWIND $ids AS id
MATCH (lot:PartLot {id: id})
RETURN id AS id, lot.partNo AS partNo, lot.lot AS lot, [(lot)-[:SUPPLIED_BY]->(supplier:Supplier) | supplier.key] AS suppliers
