// Other cars of a model that told a symptom of one of some components lately, and before.
//
// Params   $asked   LIST<MAP> at (INTEGER, given back), symptom (STRING), components (LIST<STRING> or null: any),
//                   model (STRING or null: any; lower case), vehicleId (STRING or null, the car at hand, left out),
//                   feedbackId (STRING or null, the report at hand, left out), from (STRING, instant at which the days before begin),
//                   recentFrom, to (STRING, instants of the window)
// Returns  one row asked; firstAt: when the first report of any class was triaged since `from`
// Index    triage_symptom, triage_received_at
UNWIND $asked AS asked
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
    AND (asked.model IS NULL OR triage.model = asked.model)
    AND (asked.vehicleId IS NULL OR triage.vehicleId IS NULL OR triage.vehicleId <> asked.vehicleId)
    AND (asked.feedbackId IS NULL OR triage.id <> asked.feedbackId)
  WITH firstAt, coalesce(triage.vehicleId, triage.id) AS car, max(triage.receivedAt) AS lastAt, min(triage.receivedAt) AS earliestAt
  RETURN firstAt,
         sum(CASE WHEN lastAt >= asked.recentFrom THEN 1 ELSE 0 END) AS recentCars,
         sum(CASE WHEN earliestAt < asked.recentFrom THEN 1 ELSE 0 END) AS earlierCars
}
RETURN toInteger(asked.at) AS at, firstAt AS firstAt, recentCars AS recentCars, earlierCars AS earlierCars
