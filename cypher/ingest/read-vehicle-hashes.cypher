// Which content is stored for some vehicles; null for one that only events have named.
//
// Params   $ids   LIST<STRING>
// Returns  one row: pairs [id, contentSha256] of the vehicles that are there
UNWIND $ids AS id
MATCH (v:Vehicle {id: id})
RETURN collect([id, v.contentSha256]) AS hashes
