// A confirmation was a mistake: it stays with who withdrew it, and counts at no instant any more.
//
// Params   $caseId      STRING
//          $feedbackId  STRING
//          $at          STRING, canonical UTC
//          $by          STRING or null, who says so
// Returns  one row, none where no confirmation stood
MATCH (pastCase:Case {id: $caseId})<-[confirmed:CONFIRMED_FOR]-(:Feedback {id: $feedbackId})
WHERE confirmed.withdrawnAt IS NULL
SET confirmed.withdrawnAt = $at, confirmed.withdrawnBy = $by, pastCase.confirmationsChangedAt = $at
RETURN pastCase.id AS caseId
