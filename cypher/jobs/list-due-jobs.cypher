// Jobs that nobody works on and that are due: waiting ones, and running ones whose worker let its lease run out.
//
// Params   $at     STRING, instant
//          $limit  INTEGER
// Returns  one row a job, the longest waiting first
// Index    job_state
MATCH (job:Job)
WHERE (job.state = 'queued' AND job.availableAt <= $at) OR (job.state = 'running' AND job.leaseUntil <= $at)
WITH job
ORDER BY job.availableAt, job.id
LIMIT toInteger($limit)
RETURN job.id AS jobId, job.kind AS kind
