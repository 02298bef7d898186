// Earlier feedback of one car, or of one person where the car is not known, within a window.
//
// Params   $feedbackId   STRING or null, the report at hand
//          $vehicleId    STRING or null, the pseudonym
//          $from, $to    STRING, instants of receipt
// Returns  one row a contact; answered: somebody responded to it
OPTIONAL MATCH (own:Feedback {id: $feedbackId})
CALL (own) {
  MATCH (:Vehicle {id: $vehicleId})<-[:ABOUT]-(contact:Feedback)
  RETURN contact
  UNION
  MATCH (contact:Feedback {personRef: own.personRef})
  RETURN contact
}
WITH contact
WHERE contact.receivedAt >= $from AND contact.receivedAt <= $to AND NOT EXISTS { (contact)-[:DUPLICATE_OF]->(:Feedback) } AND ($feedbackId IS NULL OR contact.id <> $feedbackId)
RETURN contact.id AS feedbackId, coalesce(contact.responded, false) OR contact.respondedAt IS NOT NULL AS answered
ORDER BY contact.receivedAt, contact.id
LIMIT 100
