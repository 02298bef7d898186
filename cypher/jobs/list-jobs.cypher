// Jobs, newest first.
//
// Params   $state, $kind             STRING or null, any
//          $afterCreatedAt, $afterId STRING or null: the last job of the page before
//          $limit                    INTEGER
// Returns  one row a job
// Index    job_created_at
MATCH (job:Job)
WHERE job.createdAt IS NOT NULL
  AND ($state IS NULL OR job.state = $state)
  AND ($kind IS NULL OR job.kind = $kind)
  AND ($afterCreatedAt IS NULL OR job.createdAt < $afterCreatedAt OR (job.createdAt = $afterCreatedAt AND job.id < $afterId))
WITH job
ORDER BY job.createdAt DESC, job.id DESC
LIMIT toInteger($limit)
RETURN properties(job) AS job
