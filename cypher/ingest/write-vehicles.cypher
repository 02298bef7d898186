// Writes the master data of vehicles this transaction holds. A side the record does not give is taken away; factory software only when given.
//
// Params   $vehicles   LIST<MAP>, prepared records; factorySoftware is JSON text or null
// Returns  nothing
UNWIND $vehicles AS row
MATCH (v:Vehicle {id: row.id})
SET v.known = true, v.vinSealed = row.vinSealed, v.contentSha256 = row.contentSha256, v.make = row.make, v.model = row.model,
    v.modelYear = toInteger(row.modelYear), v.trim = row.trim, v.plant = row.plant, v.builtOn = row.builtOn, v.soldOn = row.soldOn,
    v.shippedOn = row.shippedOn, v.deliveredOn = row.deliveredOn, v.region = row.region, v.options = row.options,
    v.personRef = row.personRef, v.dataQuality = row.dataQuality, v.changedAt = timestamp(),
    v.factorySoftware = coalesce(row.factorySoftware, v.factorySoftware)
