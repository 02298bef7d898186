// Earlier feedback of some cars, or of one person where the car is not known, each within a window.
//
// Params   $asked   LIST<MAP> at (INTEGER, given back), feedbackId (STRING or null, the report at hand), vehicleId (STRING or null, the pseudonym),
//                   from, to (STRING, instants of receipt)
// Returns  one row asked; contacts: at most 100 maps feedbackId, answered (somebody responded to it)
UNWIND $asked AS asked
CALL (asked) {
  OPTIONAL MATCH (own:Feedback {id: asked.feedbackId})
  CALL (asked, own) {
    MATCH (:Vehicle {id: asked.vehicleId})<-[:ABOUT]-(contact:Feedback)
    RETURN contact
    UNION
    MATCH (contact:Feedback {personRef: own.personRef})
    RETURN contact
  }
  WITH contact
  WHERE contact.receivedAt >= asked.from AND contact.receivedAt <= asked.to AND NOT EXISTS { (contact)-[:DUPLICATE_OF]->(:Feedback) }
    AND (asked.feedbackId IS NULL OR contact.id <> asked.feedbackId)
  WITH contact ORDER BY contact.receivedAt, contact.id LIMIT 100
  RETURN collect({feedbackId: contact.id, answered: coalesce(contact.responded, false) OR contact.respondedAt IS NOT NULL}) AS contacts
}
RETURN toInteger(asked.at) AS at, contacts AS contacts
