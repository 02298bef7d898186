// Keeps a new job; one that is there already stays as it is.
//
// Params   $jobId, $kind, $request (JSON), $at  STRING
//          $requestedBy  STRING or null
//          $maxAttempts  INTEGER
// Returns  one row
MERGE (job:Job {id: $jobId})
ON CREATE SET job.kind = $kind, job.state = 'queued', job.request = $request, job.requestedBy = $requestedBy, job.done = 0, job.total = 0,
              job.message = '', job.attempts = 0, job.maxAttempts = toInteger($maxAttempts), job.createdAt = $at, job.availableAt = $at,
              job.cancelRequested = false, job.revision = 1
RETURN properties(job) AS job
