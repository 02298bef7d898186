// One job.
//
// Params   $jobId  STRING
// Returns  at most one row
MATCH (job:Job {id: $jobId})
RETURN properties(job) AS job
