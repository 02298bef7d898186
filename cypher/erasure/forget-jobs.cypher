// Forgets ended jobs that tell of some feedback.
//
// Params   $needles  LIST<STRING>
// Returns  one row
MATCH (job:Job)
WHERE job.state IN ['done', 'failed', 'cancelled'] AND any(needle IN $needles WHERE job.result CONTAINS needle OR job.request CONTAINS needle)
DETACH DELETE job
RETURN count(*) AS jobs
