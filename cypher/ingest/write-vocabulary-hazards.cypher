// Hazards of the vocabulary, with labels.
//
// Params   $terms   LIST<MAP> id, labelEn, labelZh, definition; sorted
// Returns  nothing
UNWIND $terms AS row
MERGE (term:Hazard {id: row.id})
SET term.labelEn = row.labelEn, term.labelZh = row.labelZh, term.definition = row.definition
