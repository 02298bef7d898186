// Forgets jobs that ended long ago.
//
// Params   $endedBefore, $failedBefore  STRING, instants: done and cancelled ones, failed ones
//          $limit                       INTEGER
// Returns  one row a job
MATCH (job:Job)
WHERE (job.state IN ['done', 'cancelled'] AND job.finishedAt < $endedBefore) OR (job.state = 'failed' AND job.finishedAt < $failedBefore)
WITH job, job.id AS jobId
LIMIT toInteger($limit)
DELETE job
RETURN jobId AS jobId
