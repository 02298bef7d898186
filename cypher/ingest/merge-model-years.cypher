// Model years to click, and for cases to point at. No vehicle hangs on them: a million edges would be a queue of writers.
//
// Params   $modelYears   LIST<MAP> id, make, model, modelYear (null: not given); sorted by id
// Returns  nothing
UNWIND $modelYears AS row
MERGE (m:ModelYear {id: row.id})
ON CREATE SET m.make = row.make, m.model = row.model, m.modelYear = toInteger(row.modelYear)
