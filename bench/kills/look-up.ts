import { setTimeout as pause } from 'node:timers/promises'
import neo4j from 'neo4j-driver'
import { resolveNeo4j } from '../../src/graph/index.ts'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Waits until the server says that it can work. */
export const untilReady = async (url: string, limitMs: number): Promise<void> => {
  const until = performance.now() + limitMs
  for (;;) {
    const isReady = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(3_000) }).then(answer => answer.status === 200, () => false)
    if (isReady) return
    if (performance.now() > until) throw new Error(`not ready within ${limitMs / 1_000} s`)
    await pause(200)
  }
}

/** Waits until every job is over. */
export const untilEnded = async (url: string, key: string, jobIds: readonly string[], limitMs: number) => {
  const until = performance.now() + limitMs
  const states: Record<string, number> = {}
  const errors: string[] = []
  let notEnded = 0
  for (const jobId of new Set(jobIds)) {
    for (;;) {
      const job = await fetch(`${url}/v1/jobs/${jobId}`, { headers: { authorization: `Bearer ${key}` } }).then(async answer => (await answer.json()) as { state?: string; error?: unknown }, () => ({ state: undefined, error: undefined }))
      const isOver = ['done', 'failed', 'cancelled'].includes(job.state ?? '')
      if (isOver || performance.now() > until) {
        states[job.state ?? 'unknown'] = (states[job.state ?? 'unknown'] ?? 0) + 1
        if (!isOver) notEnded += 1
        if (job.state === 'failed') errors.push(JSON.stringify(job.error ?? job).slice(0, 300))
        break
      }
      await pause(300)
    }
  }
  return { states, notEnded, failed: states['failed'] ?? 0, errors: errors.slice(0, 10) }
}

const statement = `
UNWIND $ids AS id
OPTIONAL MATCH (feedback:Feedback {id: id})
WITH id, collect(feedback) AS found
RETURN id, size(found) AS records, COUNT { WITH found UNWIND found AS f MATCH (f)-[:TRIAGED_AS]->() } AS triages, COUNT { WITH found UNWIND found AS f MATCH (f)-[:RAISED]->() } AS issues`

/** Looks every accepted record up in the graph itself. */
export const lookUp = async (dataDir: string, ids: readonly string[], triaged: readonly string[]) => {
  const { uri, user, password } = await resolveNeo4j({ dataDir, cacheDir: process.env['FISHBONE_CACHE_DIR'] ?? join(homedir(), '.cache', 'fishbone') })
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true })
  try {
    const { records } = await driver.executeQuery(statement, { ids })
    const rows = records.map(record => record.toObject() as { id: string; records: number; triages: number; issues: number })
    const must = new Set(triaged)
    return {
      lookedUp: rows.length, missing: rows.filter(row => row.records === 0).length, twice: rows.filter(row => row.records > 1).length,
      withoutTriage: rows.filter(row => must.has(row.id) && row.triages !== 1).length, inTwoIssues: rows.filter(row => row.issues > 1).length,
    }
  } finally {
    await driver.close()
  }
}
