// Keeps who saw or decided what.
//
// Params   $auditId, $at, $keyId, $role, $action, $subject, $requestId  STRING
//          $detail  STRING (JSON) or null
// Returns  one row
// MERGE, not CREATE: a transaction is tried again, and a decision may take several.
MERGE (entry:AuditEntry {id: $auditId})
ON CREATE SET entry.at = $at, entry.keyId = $keyId, entry.role = $role, entry.action = $action, entry.subject = $subject, entry.requestId = $requestId,
              entry.detail = $detail
RETURN entry.id AS auditId
