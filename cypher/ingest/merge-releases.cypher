// Software releases that records name.
//
// Params   $releases   LIST<MAP> id, module, version; sorted by id
// Returns  nothing
UNWIND $releases AS row
MERGE (release:SoftwareRelease {id: row.id})
ON CREATE SET release.module = row.module, release.version = row.version
