// Queues a failed or cancelled job again, with all its attempts.
//
// Params   $jobId, $at  STRING
// Returns  at most one row
MATCH (job:Job {id: $jobId})
SET job.touchedAt = $at
WITH job, job.state IN ['failed', 'cancelled'] AS retried
FOREACH (_ IN CASE WHEN retried THEN [1] ELSE [] END |
  SET job.state = 'queued', job.attempts = 0, job.availableAt = $at, job.finishedAt = null, job.startedAt = null, job.cancelRequested = false,
      job.errorCode = null, job.errorMessage = null, job.result = null, job.done = 0, job.total = 0, job.message = '', job.revision = job.revision + 1)
RETURN retried AS retried, properties(job) AS job
