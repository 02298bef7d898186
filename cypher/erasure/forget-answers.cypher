// Forgets answers kept for repeated calls, ended jobs and bodies of events that tell of some feedback; an event is told anew when it is sent again.
//
// Params   $needles  LIST<STRING>
// Returns  one row
CALL () {
  MATCH (key:IdempotencyKey)
  WHERE key.body IS NOT NULL AND ANY(needle IN $needles WHERE key.body CONTAINS needle)
  DETACH DELETE key
  RETURN count(*) AS answers
}
CALL () {
  MATCH (job:Job)
  WHERE job.state IN ['done', 'failed', 'cancelled'] AND ANY(needle IN $needles WHERE coalesce(job.result, '') CONTAINS needle OR coalesce(job.request, '') CONTAINS needle)
  DETACH DELETE job
  RETURN count(*) AS jobs
}
CALL () {
  MATCH (event:OutboxEvent)
  WHERE event.body IS NOT NULL AND ANY(needle IN $needles WHERE event.body CONTAINS needle)
  SET event.body = null
  RETURN count(*) AS events
}
RETURN answers AS answers, jobs AS jobs, events AS events
