// Keeps who saw or decided what.
//
// Params   $auditId, $at, $keyId, $role, $action, $subject, $requestId  STRING
//          $detail  STRING (JSON) or null
// Returns  one row
CREATE (entry:AuditEntry {id: $auditId, at: $at, keyId: $keyId, role: $role, action: $action, subject: $subject, requestId: $requestId})
SET entry.detail = $detail
RETURN entry.id AS auditId
