// A person says that a complaint was this case. Said again it changes nothing; after it was withdrawn it stands anew.
//
// Params   $caseId      STRING
//          $feedbackId  STRING
//          $at          STRING, canonical UTC
//          $by          STRING or null, who says so
// Returns  one row, none where case or feedback is not there
MATCH (pastCase:Case {id: $caseId}), (feedback:Feedback {id: $feedbackId})
MERGE (feedback)-[confirmed:CONFIRMED_FOR]->(pastCase)
WITH pastCase, feedback, confirmed, confirmed.at IS NULL OR confirmed.withdrawnAt IS NOT NULL AS isNew
FOREACH (_ IN CASE WHEN isNew THEN [1] ELSE [] END |
  SET confirmed.at = $at, confirmed.by = $by, pastCase.confirmationsChangedAt = $at
  REMOVE confirmed.withdrawnAt, confirmed.withdrawnBy)
RETURN pastCase.id AS caseId, feedback.id AS feedbackId, confirmed.at AS confirmedAt, confirmed.by AS confirmedBy
