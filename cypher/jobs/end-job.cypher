// Writes what became of a run. A worker that has lost the job changes nothing.
//
// Params   $jobId, $runId, $at, $state          STRING
//          $result (JSON), $errorCode, $errorMessage, $availableAt  STRING or null
//          $spareAttempt                        BOOLEAN: the attempt does not count
// Returns  at most one row
MATCH (job:Job {id: $jobId})
SET job.touchedAt = $at
WITH job
WHERE job.state = 'running' AND job.runId = $runId
SET job.state = $state, job.result = $result, job.errorCode = $errorCode, job.errorMessage = $errorMessage,
    job.availableAt = coalesce($availableAt, job.availableAt), job.finishedAt = CASE WHEN $state = 'queued' THEN null ELSE $at END,
    job.attempts = CASE WHEN $spareAttempt THEN job.attempts - 1 ELSE job.attempts END,
    job.runId = null, job.leaseUntil = null, job.revision = job.revision + 1
RETURN job.id AS jobId
