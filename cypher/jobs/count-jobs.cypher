// Jobs by state.
//
// Params   none
// Returns  one row a state that has jobs
MATCH (job:Job)
RETURN job.state AS state, count(job) AS jobs
