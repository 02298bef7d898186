// What surrounds some reports at their triage: earlier feedback of the car, or of one person where the car is not known; repairs of the car; other cars
// of a model that told the same lately, and before. All windows are of instants of receipt, of repairs of closing.
//
// Params   $questions     MAP of five lists. One map, not five parameters: by default Neo4j plans a statement anew for each order of magnitude of the
//                         length of each list, and this one takes seconds to plan.
//            contacts     LIST<MAP> at (INTEGER, given back), feedbackId (STRING or null, the report at hand), vehicleId (STRING or null, the pseudonym), from, to
//            repairs      LIST<MAP> at, vehicleId, from, to
//            bySymptomOfModel   LIST<MAP> at, symptom, model (lower case), components (LIST<STRING> or null: any), vehicleId and feedbackId (STRING or
//                         null, the car and the report at hand, left out), from (where the days before begin), recentFrom, to
//            bySymptom    LIST<MAP> the same without model: any
//            byComponent  LIST<MAP> the same without symptom: reports of a component whose symptom is not named; model may be null (any), components not
// Returns  one row: for each list one map an entry. contacts: at most 100 maps feedbackId, answered (somebody responded to it); repairs: at most 50 maps
//          repairOrderId, symptoms, components; firstAt: when the first report of any class was triaged since `from`
// Index    triage_symptom_of_model, triage_symptom, triage_component, triage_received_at
CALL () {
  UNWIND $questions.contacts AS asked
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
  RETURN collect({at: toInteger(asked.at), contacts: contacts}) AS ofContacts
}
CALL () {
  UNWIND $questions.repairs AS asked
  CALL (asked) {
    MATCH (:Vehicle {id: asked.vehicleId})<-[:REPAIRED]-(order:RepairOrder)
    WHERE order.closedAt >= asked.from AND order.closedAt <= asked.to
    WITH order ORDER BY order.closedAt, order.repairOrderId LIMIT 50
    RETURN collect({
      repairOrderId: order.repairOrderId,
      symptoms: COLLECT { MATCH (order)-[:HOLDS]->(:Finding)-[:SHOWS]->(symptom:Symptom) RETURN DISTINCT symptom.id },
      components: COLLECT {
        MATCH (order)-[:HOLDS]->(:Finding)-[:CONCERNS]->(component:Component) RETURN component.id AS key
        UNION
        MATCH (order)-[:INSTALLED]->(:PartLot)-[:LOT_OF]->(:Part)-[:REALIZES]->(component:Component) RETURN component.id AS key
      }
    }) AS repairs
  }
  RETURN collect({at: toInteger(asked.at), repairs: repairs}) AS ofRepairs
}
CALL () {
  UNWIND $questions.bySymptomOfModel AS asked
  CALL (asked) {
    CALL (asked) {
      MATCH (taken:Triage) WHERE taken.receivedAt >= asked.from AND taken.receivedAt <= asked.to
      RETURN taken.receivedAt AS firstAt ORDER BY firstAt LIMIT 1
      UNION ALL
      RETURN null AS firstAt
    }
    WITH min(firstAt) AS firstAt
    OPTIONAL MATCH (triage:Triage)
    WHERE triage.symptom = asked.symptom AND triage.model = asked.model AND triage.receivedAt >= asked.from AND triage.receivedAt <= asked.to
      AND (asked.components IS NULL OR triage.component IS NULL OR triage.component IN asked.components)
      AND (asked.vehicleId IS NULL OR triage.vehicleId IS NULL OR triage.vehicleId <> asked.vehicleId)
      AND (asked.feedbackId IS NULL OR triage.id <> asked.feedbackId)
    WITH firstAt, coalesce(triage.vehicleId, triage.id) AS car, max(triage.receivedAt) AS lastAt, min(triage.receivedAt) AS earliestAt
    RETURN firstAt,
           sum(CASE WHEN lastAt >= asked.recentFrom THEN 1 ELSE 0 END) AS recentCars,
           sum(CASE WHEN earliestAt < asked.recentFrom THEN 1 ELSE 0 END) AS earlierCars
  }
  RETURN collect({at: toInteger(asked.at), firstAt: firstAt, recentCars: recentCars, earlierCars: earlierCars}) AS ofSymptomsOfModel
}
CALL () {
  UNWIND $questions.bySymptom AS asked
  CALL (asked) {
    CALL (asked) {
      MATCH (taken:Triage) WHERE taken.receivedAt >= asked.from AND taken.receivedAt <= asked.to
      RETURN taken.receivedAt AS firstAt ORDER BY firstAt LIMIT 1
      UNION ALL
      RETURN null AS firstAt
    }
    WITH min(firstAt) AS firstAt
    OPTIONAL MATCH (triage:Triage)
    WHERE triage.symptom = asked.symptom AND (asked.components IS NULL OR triage.component IS NULL OR triage.component IN asked.components)
      AND triage.receivedAt >= asked.from AND triage.receivedAt <= asked.to
      AND (asked.vehicleId IS NULL OR triage.vehicleId IS NULL OR triage.vehicleId <> asked.vehicleId)
      AND (asked.feedbackId IS NULL OR triage.id <> asked.feedbackId)
    WITH firstAt, coalesce(triage.vehicleId, triage.id) AS car, max(triage.receivedAt) AS lastAt, min(triage.receivedAt) AS earliestAt
    RETURN firstAt,
           sum(CASE WHEN lastAt >= asked.recentFrom THEN 1 ELSE 0 END) AS recentCars,
           sum(CASE WHEN earliestAt < asked.recentFrom THEN 1 ELSE 0 END) AS earlierCars
  }
  RETURN collect({at: toInteger(asked.at), firstAt: firstAt, recentCars: recentCars, earlierCars: earlierCars}) AS ofSymptoms
}
CALL () {
  UNWIND $questions.byComponent AS asked
  CALL (asked) {
    CALL (asked) {
      MATCH (taken:Triage) WHERE taken.receivedAt >= asked.from AND taken.receivedAt <= asked.to
      RETURN taken.receivedAt AS firstAt ORDER BY firstAt LIMIT 1
      UNION ALL
      RETURN null AS firstAt
    }
    WITH min(firstAt) AS firstAt
    OPTIONAL MATCH (triage:Triage)
    WHERE triage.component IN asked.components AND triage.symptom IS NULL
      AND triage.receivedAt >= asked.from AND triage.receivedAt <= asked.to
      AND (asked.model IS NULL OR triage.model = asked.model)
      AND (asked.vehicleId IS NULL OR triage.vehicleId IS NULL OR triage.vehicleId <> asked.vehicleId)
      AND (asked.feedbackId IS NULL OR triage.id <> asked.feedbackId)
    WITH firstAt, coalesce(triage.vehicleId, triage.id) AS car, max(triage.receivedAt) AS lastAt, min(triage.receivedAt) AS earliestAt
    RETURN firstAt,
           sum(CASE WHEN lastAt >= asked.recentFrom THEN 1 ELSE 0 END) AS recentCars,
           sum(CASE WHEN earliestAt < asked.recentFrom THEN 1 ELSE 0 END) AS earlierCars
  }
  RETURN collect({at: toInteger(asked.at), firstAt: firstAt, recentCars: recentCars, earlierCars: earlierCars}) AS ofComponents
}
RETURN ofContacts AS contacts, ofRepairs AS repairs, ofSymptomsOfModel + ofSymptoms AS bySymptom, ofComponents AS byComponent
