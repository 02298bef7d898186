// Other cars of a model that told a symptom of one of some components lately, and before.
//
// Params   $symptom      STRING
//          $components   LIST<STRING> or null: any
//          $model        STRING or null: any; lower case
//          $vehicleId    STRING or null, the car at hand, left out
//          $feedbackId   STRING or null, the report at hand, left out
//          $from         STRING, instant at which the days before begin
//          $recentFrom, $to   STRING, instants of the window
// Returns  one row; firstAt: when the first report of any class was triaged since $from
// Index    triage_symptom, triage_received_at
CALL () {
  MATCH (taken:Triage) WHERE taken.receivedAt >= $from AND taken.receivedAt <= $to
  RETURN taken.receivedAt AS firstAt ORDER BY firstAt LIMIT 1
  UNION ALL
  RETURN null AS firstAt
}
WITH min(firstAt) AS firstAt
OPTIONAL MATCH (triage:Triage)
WHERE triage.symptom = $symptom AND triage.receivedAt >= $from AND triage.receivedAt <= $to
  AND ($components IS NULL OR triage.component IS NULL OR triage.component IN $components)
  AND ($model IS NULL OR triage.model = $model)
  AND ($vehicleId IS NULL OR triage.vehicleId IS NULL OR triage.vehicleId <> $vehicleId) AND ($feedbackId IS NULL OR triage.id <> $feedbackId)
WITH firstAt, coalesce(triage.vehicleId, triage.id) AS car, max(triage.receivedAt) AS lastAt, min(triage.receivedAt) AS earliestAt
RETURN firstAt AS firstAt,
       sum(CASE WHEN lastAt >= $recentFrom THEN 1 ELSE 0 END) AS recentCars,
       sum(CASE WHEN earliestAt < $recentFrom THEN 1 ELSE 0 END) AS earlierCars
