// Makes the nodes of some repairs where they are missing and holds each to the end of the transaction, so that of two writers of one record
// the second sees what the first wrote.
//
// Params   $ids   LIST<STRING>, sorted: writers that take nodes in one order do not deadlock
// Returns  one row a node; current is null where it is new, and stored, its own properties, with it
UNWIND $ids AS id
MERGE (record:RepairOrder {id: id})
// A property of its own takes the lock: SET x = x reads before it waits, and would bring back what another writer has just replaced.
ON MATCH SET record.held = true
REMOVE record.held
WITH id, record, record.contentSha256 AS before
RETURN id AS id,
       elementId(record) AS node,
       before AS current,
       record.receivedAt AS receivedAt,
       [(record)-[:SUPERSEDES]->(version:RecordVersion) | version.contentSha256] AS earlier,
       CASE WHEN before IS NOT NULL THEN record {.repairOrderId, .openedAt, .closedAt, .receivedAt, .vehicleId, .odometerKm,
         .serviceCenter, .complaint, .cause, .correction, .text, .language, .laborOperations, .partsReplaced, .dtcs, .softwareBefore,
         .softwareAfter, .result, .warranty, .feedbackId, .vinInvalid, .dataQuality} END AS stored
