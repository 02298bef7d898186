// Ends a job that waits, marks one that runs, leaves one that is over.
//
// Params   $jobId, $at  STRING
// Returns  at most one row
MATCH (job:Job {id: $jobId})
SET job.touchedAt = $at
WITH job, job.state AS before
FOREACH (_ IN CASE WHEN before = 'queued' THEN [1] ELSE [] END |
  SET job.state = 'cancelled', job.finishedAt = $at, job.cancelRequested = true, job.revision = job.revision + 1)
FOREACH (_ IN CASE WHEN before = 'running' AND NOT job.cancelRequested THEN [1] ELSE [] END |
  SET job.cancelRequested = true, job.revision = job.revision + 1)
RETURN properties(job) AS job
