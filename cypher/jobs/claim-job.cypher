// Takes a job that is due, or whose worker has let its lease run out. The first SET holds the node's lock, so one of several workers wins.
// A job that has used up its attempts with workers that died ends here; so does one that was to be cancelled when its worker died.
//
// Params   $jobId, $runId            STRING; runId is this worker's own mark
//          $at, $leaseUntil          STRING, instants
// Returns  at most one row; taken says that this worker has the job
MATCH (job:Job {id: $jobId})
SET job.touchedAt = $at
WITH job, (job.state = 'queued' AND job.availableAt <= $at) OR (job.state = 'running' AND job.leaseUntil <= $at) AS free
WITH job, free AND job.cancelRequested AS cancelled, free AND NOT job.cancelRequested AND job.attempts >= job.maxAttempts AS spent,
     free AND NOT job.cancelRequested AND job.attempts < job.maxAttempts AS taken
FOREACH (_ IN CASE WHEN taken THEN [1] ELSE [] END |
  SET job.state = 'running', job.runId = $runId, job.leaseUntil = $leaseUntil, job.attempts = job.attempts + 1,
      job.startedAt = coalesce(job.startedAt, $at), job.revision = job.revision + 1)
FOREACH (_ IN CASE WHEN cancelled THEN [1] ELSE [] END |
  SET job.state = 'cancelled', job.finishedAt = $at, job.runId = null, job.leaseUntil = null, job.revision = job.revision + 1)
FOREACH (_ IN CASE WHEN spent THEN [1] ELSE [] END |
  SET job.state = 'failed', job.finishedAt = $at, job.runId = null, job.leaseUntil = null, job.revision = job.revision + 1,
      job.errorCode = coalesce(job.errorCode, 'FB_INTERNAL'), job.errorMessage = coalesce(job.errorMessage, 'every worker that took the job died with it'))
RETURN taken AS taken, properties(job) AS job
