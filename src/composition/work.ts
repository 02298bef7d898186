import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Job } from '../domain/job.ts'
import { createAuditStore } from '../graph/audit/audit-store.ts'
import { createJobStore } from '../graph/jobs/job-store.ts'
import { countPendingVectors } from '../graph/workflow/pending-queries.ts'
import { rejectsFolderOf } from '../ingest/import-files/rejects-file.ts'
import { createSpool } from '../ingest/spool.ts'
import { embedPendingJob } from '../jobs/embed-pending-job.ts'
import { analysisJob, importJob, scanJob, suggestionsJob } from '../jobs/job-kinds.ts'
import { createJobs } from '../jobs/jobs.ts'
import { startSweep } from '../jobs/sweep.ts'
import { memo } from '../memo.ts'
import { createRunImport } from '../workflow/run-import.ts'
import type { createAnalysisParts } from './analysis.ts'
import type { createArrivalParts } from './arrival.ts'
import type { createBackgroundParts } from './background.ts'
import type { Foundation } from './foundation.ts'
import type { createSuggestionParts } from './suggestions.ts'

/** All files of one import together. */
const importLimitBytes = 2 * 1024 ** 3
/** What a worker that died left, or a queue lost, is found within this time after its lease ran out. */
const sweepMs = 5_000
const minuteMs = 60_000
/** Feedback whose sender had no answer; it will mostly be sent again before. */
const triageSweepMs = 30_000
const hourMs = 3_600_000
const dayMs = 24 * hourMs
const keptDays = { ended: 7, failed: 30 }
const purgeBatch = 500

/** Long work: the records, who does it, and the files that wait for it. */
export const createWorkParts = (
  { config, logger, now, graph, decisions }: Foundation,
  parts: { arrival: ReturnType<typeof createArrivalParts>; analysis: ReturnType<typeof createAnalysisParts>; suggesting: ReturnType<typeof createSuggestionParts>; background: ReturnType<typeof createBackgroundParts> },
) => {
  const { arrival, analysis, suggesting, background } = parts
  const spool = createSpool({ dataDir: config.dataDir, limitBytes: importLimitBytes })
  const jobStore = memo(async () => createJobStore({ client: await graph() }))
  const auditStore = memo(async () => createAuditStore({ client: await graph(), decisions, newId: randomUUID }))
  const jobs = memo(async () =>
    createJobs({
      store: await jobStore(), queue: await background.queue(), log: logger, now, newId: randomUUID,
      standing: { [`${embedPendingJob.name}-all`]: async () => missingVectors(await (await graph()).one(countPendingVectors, {}), now()) },
    }),
  )

  const closing = new AbortController()
  const startWork = memo(async () => {
    const known = await jobs()
    const runImport = createRunImport({ ingest: await arrival.importIngest(), spool, dataDir: config.dataDir, now })
    known.work(importJob, async (request, run) => {
      const result = await runImport(request, run)
      await background.followUp().catch((error: unknown) => logger.warn({ err: error }, 'the vectors of an import follow with the next sweep'))
      return result
    })
    known.work(analysisJob, async (request, run) => (await analysis.rootCauses()).analyzeRootCauses(request, run))
    known.work(scanJob, async ({ asOf, seed, streams }, run) => {
      const { scan, resolveStreams } = await analysis.earlyWarning()
      return scan({ asOf, seed, streams: streams?.map(({ component, symptom }) => resolveStreams({ ...(component !== undefined && { component }), ...(symptom !== undefined && { symptom }) })) }, run)
    })
    known.work(suggestionsJob, async ({ issueId, ...request }, run) => (await suggesting.suggestions()).makeSuggestions({ subject: { issueId }, ...request }, run))
    const failed = (what: string) => (error: unknown) => logger.warn({ err: error }, what)
    const triageLeft = async () => (await arrival.triageMissing())({ signal: closing.signal })
    return [
      startSweep({ work: triageLeft, everyMs: triageSweepMs, onError: failed('the sweep for untriaged feedback failed') }),
      startSweep({ work: () => known.sweep(), everyMs: sweepMs, onError: failed('the sweep for jobs failed') }),
      startSweep({ work: () => purge(), everyMs: hourMs, onError: failed('old jobs stay') }),
      startSweep({ work: () => dropFiles(), everyMs: minuteMs, onError: failed('files of imports that are over stay') }),
    ]
  })

  const purge = async () => {
    const store = await jobStore()
    const before = (days: number) => new Date(now().getTime() - days * dayMs).toISOString()
    await store.purge({ endedBefore: before(keptDays.ended), failedBefore: before(keptDays.failed) }, purgeBatch)
  }

  /** Files of an import that is over; those of one that failed wait for a retry. */
  const dropFiles = async () => {
    const store = await jobStore()
    // Without a job: the upload may still go on.
    const abandoned = new Set(await spool.olderThan(new Date(now().getTime() - dayMs)))
    for (const id of await spool.olderThan(new Date(now().getTime() - minuteMs))) {
      const job = await store.find(id)
      if (job === null ? abandoned.has(id) : job.state === 'done' || job.state === 'cancelled') await spool.remove(id)
    }
  }

  const rejectsPath = async (file: string): Promise<string | null> => {
    const path = join(rejectsFolderOf(config.dataDir), file)
    return (await stat(path).catch(() => null)) === null ? null : path
  }

  /** Before the queue and the graph are closed. */
  const close = async () => {
    closing.abort()
    for (const sweep of (await startWork.made()) ?? []) await sweep.stop()
    ;(await jobs.made())?.close()
  }

  return { jobs, spool, auditStore, startWork, rejectsPath, close }
}

/** What the job in the answer of a feedback stands for: one for all that is missing. */
const missingVectors = ({ feedback, cases }: { feedback: number; cases: number }, at: Date): Job => {
  const missing = feedback + cases
  const instant = at.toISOString()
  return {
    jobId: `${embedPendingJob.name}-all`, kind: embedPendingJob.name, state: missing > 0 ? 'running' : 'done',
    progress: { done: 0, total: missing, message: missing > 0 ? `${missing} vectors are missing` : 'no vector is missing' },
    attempts: 1, maxAttempts: embedPendingJob.attempts, createdAt: instant, startedAt: instant, finishedAt: missing > 0 ? null : instant, cancelRequested: false, revision: missing,
  }
}
