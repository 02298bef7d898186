// Takes away what a superseded content linked its record to; what others linked to the record stays.
//
// Params   $nodes   LIST<STRING>, element ids of records this transaction holds
// Returns  nothing
UNWIND $nodes AS node
MATCH (record) WHERE elementId(record) = node
MATCH (record)-[link:ABOUT|SENT_WITH|MENTIONS|TAKEN_FROM|RECORDED|REPAIRED|REMOVED|INSTALLED|AT|ANSWERS|INSTALLED_ON|INSTALLS|SHOWED|ON|CAUSED_BY|FAILED_BY|AFFECTED]->(end)
FOREACH (v IN CASE WHEN link:REPAIRED THEN [end] ELSE [] END | SET v.changedAt = timestamp())
DELETE link
