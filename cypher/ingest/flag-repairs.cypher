// Marks repair orders by what the whole history of their car shows.
//
// Params   $flags   LIST<MAP> id, flags (null: none)
// Returns  nothing
UNWIND $flags AS row
MATCH (order:RepairOrder {id: row.id})
SET order.historyFlags = row.flags
