// Who saw or decided what, newest first.
//
// Params   $subject, $keyId    STRING or null, any
//          $afterAt, $afterId  STRING or null: the last entry of the page before
//          $limit              INTEGER
// Returns  one row an entry
// Index    audit_entry_at
MATCH (entry:AuditEntry)
WHERE entry.at IS NOT NULL
  AND ($subject IS NULL OR entry.subject = $subject)
  AND ($keyId IS NULL OR entry.keyId = $keyId)
  AND ($afterAt IS NULL OR entry.at < $afterAt OR (entry.at = $afterAt AND entry.id < $afterId))
WITH entry
ORDER BY entry.at DESC, entry.id DESC
LIMIT toInteger($limit)
RETURN entry.id AS auditId, entry.at AS at, entry.keyId AS keyId, entry.role AS role, entry.action AS action, entry.subject AS subject,
       entry.requestId AS requestId, entry.detail AS detail
