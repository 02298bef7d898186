// Says that the work on a job goes on, and how far it is.
//
// Params   $jobId, $runId, $at, $leaseUntil  STRING
//          $done, $total                     NUMBER or null, with $message STRING or null: no news
// Returns  at most one row; isMine is false where the job is another worker's now, or over
MATCH (job:Job {id: $jobId})
SET job.touchedAt = $at
WITH job, job.state = 'running' AND job.runId = $runId AS isMine
FOREACH (_ IN CASE WHEN isMine THEN [1] ELSE [] END | SET job.leaseUntil = $leaseUntil)
FOREACH (_ IN CASE WHEN isMine AND $message IS NOT NULL THEN [1] ELSE [] END |
  SET job.done = $done, job.total = $total, job.message = $message, job.revision = job.revision + 1)
RETURN isMine AS isMine, job.cancelRequested AS cancelRequested
