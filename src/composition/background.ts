import { randomUUID } from 'node:crypto'
import type { Config } from '../config.ts'
import { planArrivals } from '../graph/index.ts'
import { createVectorStore } from '../graph/retrieval/vector-store.ts'
import type { GiveWay } from '../give-way.ts'
import type { GraphClient } from '../graph/ports.ts'
import { createIdempotencyStore } from '../graph/workflow/idempotency-store.ts'
import { countPendingVectors } from '../graph/workflow/pending-queries.ts'
import { embedPendingJob } from '../jobs/embed-pending-job.ts'
import { createInProcessQueue } from '../jobs/in-process-queue.ts'
import type { JobQueue } from '../jobs/ports.ts'
import { startSweep } from '../jobs/sweep.ts'
import type { Embedder } from '../llm/ports.ts'
import type { Logger } from '../logger.ts'
import { memo } from '../memo.ts'
import { createEmbedPending } from '../retrieval/index.ts'
import type { DuplicateParts } from './duplicates.ts'
import type { Foundation } from './foundation.ts'
import type { WeighEvidence } from '../workflow/triage/weigh-evidence.ts'
import type { RefreshTerms } from '../workflow/unmapped/refresh-terms.ts'

/** Arriving feedback queues its vector itself; the sweep finds what a crash or another process left. */
const sweepMs = 30_000
const purgeMs = 3_600_000
/** What no key fits is looked at by people, a few times a day. */
const termsMs = 600_000
/** A job that runs when the server stops may finish within this time; every job may be cut short without harm. */
const graceMs = 1_000

type BackgroundWork = Pick<DuplicateParts, 'duplicates'> & { weighEvidence: () => Promise<WeighEvidence>; refreshTerms: () => Promise<RefreshTerms> }

/** What goes on beside the requests: the queue and the sweeps. */
export const createBackgroundParts = (foundation: Foundation, { duplicates, weighEvidence, refreshTerms }: BackgroundWork) => {
  const { config, logger, now, graph, patientEmbedder, giveWay } = foundation
  const queue = memo(() => openQueue(config, logger))
  const embedPending = memo(async () => openEmbedPending(await graph(), await patientEmbedder(), giveWay))
  const idempotencyStore = memo(async () => createIdempotencyStore({ client: await graph(), newId: randomUUID }))

  const followUp = async () => ((await patientEmbedder()) === null ? [] : [await (await queue()).enqueue(embedPendingJob, {})])
  const closing = new AbortController()
  /** History, and vectors that came after their text: arriving feedback is compared as it arrives. */
  const compare = async () => {
    const { warmUp, compareWaiting } = await duplicates()
    await warmUp()
    await compareWaiting({ signal: closing.signal })
  }
  /** Repairs come after the reports they answer. */
  const weigh = async () => (await weighEvidence())({ signal: closing.signal })
  /** So that `fishbone terms` finds what no key fits already gathered, with its vectors. */
  const gatherTerms = async () => (await refreshTerms())({ signal: closing.signal, pace: giveWay.pace(closing.signal) })
  /** Ahead of listening: else the first report after a start of the database waits for a plan of every statement, one after the other. */
  const plans = memo(async () => {
    await planArrivals(await graph(), () => closing.signal.aborted).catch((error: unknown) => logger.debug({ err: error }, 'the first report plans its statements itself'))
  })
  const sweeps = memo(async () => {
    const jobs = await queue()
    await plans()
    jobs.work(embedPendingJob, async (_payload, { signal }) => (await embedPending())({ signal }))
    const keys = await idempotencyStore()
    return [
      startSweep({ work: followUp, everyMs: sweepMs, onError: error => logger.warn({ err: error }, 'the sweep for missing vectors failed') }),
      startSweep({ work: compare, everyMs: sweepMs, onError: error => closing.signal.aborted || logger.warn({ err: error }, 'comparing reports stopped; the next sweep goes on') }),
      startSweep({ work: weigh, everyMs: sweepMs, onError: error => closing.signal.aborted || logger.warn({ err: error }, 'setting repairs beside reports stopped; the next sweep goes on') }),
      startSweep({ work: gatherTerms, everyMs: termsMs, onError: error => closing.signal.aborted || logger.warn({ err: error }, 'gathering words without a key stopped; the next sweep goes on') }),
      startSweep({ work: () => keys.purge(now().toISOString()), everyMs: purgeMs, onError: error => logger.warn({ err: error }, 'old idempotency keys stay') }),
    ]
  })

  const close = async () => {
    closing.abort()
    await plans.made()
    for (const sweep of (await sweeps.made()) ?? []) await sweep.stop()
    await (await queue.made())?.close(graceMs)
  }

  return { queue, embedPending, idempotencyStore, followUp, startSweeps: sweeps, close }
}

/** Without an embedder nothing is written and nothing is waited for. */
const openEmbedPending = (client: GraphClient, model: Embedder | null, giveWay: GiveWay) => {
  const embed = model && createEmbedPending({ vectorStore: createVectorStore({ client }), embedder: model, giveWay })
  return async (options: { signal?: AbortSignal; onProgress?: (progress: { done: number; total: number }) => void } = {}): Promise<void> => {
    if (!embed) return
    const pending = await client.one(countPendingVectors, {})
    const total = pending.cases + pending.feedback
    const before = { Case: 0, Feedback: pending.cases }
    await embed({ signal: options.signal, onProgress: ({ kind, embedded }) => options.onProgress?.({ done: Math.min(total, before[kind] + embedded), total }) })
  }
}

const openQueue = async ({ redisUrl }: Config, logger: Logger): Promise<JobQueue> => {
  if (redisUrl === null) return createInProcessQueue({ log: logger })
  // Loaded only where it is used: it takes as long to load as all the rest.
  const { createBullQueue } = await import('../jobs/bull-queue.ts')
  return createBullQueue({ redisUrl, log: logger })
}
