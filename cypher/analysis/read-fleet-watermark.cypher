// What tells whether the fleet in memory is still the graph's. `recent` catches a transaction that began early and committed late: its changedAt
// lies before the newest one, but within the time that a transaction may take.
//
// Params   $overlapMs   INTEGER, longer than any transaction
// Returns  one row; graph: id of the database; changedAt: newest change, 0 when there is none; recent: [count, sum of ms] of the changes within
//          overlapMs of the newest
// Index    vehicle_changed_at, part_lot_changed_at
CALL db.info() YIELD id AS graph
CALL () { MATCH (v:Vehicle) RETURN count(v) AS vehicles }
CALL () { MATCH (v:Vehicle) WHERE v.changedAt >= 0 RETURN v.changedAt AS carChangedAt ORDER BY carChangedAt DESC LIMIT 1 UNION ALL RETURN 0 AS carChangedAt }
WITH graph, vehicles, max(carChangedAt) AS carChangedAt
CALL () { MATCH (lot:PartLot) WHERE lot.changedAt >= 0 RETURN lot.changedAt AS lotChangedAt ORDER BY lotChangedAt DESC LIMIT 1 UNION ALL RETURN 0 AS lotChangedAt }
WITH graph, vehicles, carChangedAt, max(lotChangedAt) AS lotChangedAt
WITH graph, vehicles, CASE WHEN carChangedAt > lotChangedAt THEN carChangedAt ELSE lotChangedAt END AS changedAt
WITH graph, vehicles, changedAt, changedAt - toInteger($overlapMs) AS since
CALL (since) { MATCH (v:Vehicle) WHERE v.changedAt >= since RETURN [count(v), sum(v.changedAt - since)] AS cars }
CALL (since) { MATCH (lot:PartLot) WHERE lot.changedAt >= since RETURN [count(lot), sum(lot.changedAt - since)] AS lots }
RETURN graph AS graph, vehicles AS vehicles, changedAt AS changedAt, cars + lots AS recent
