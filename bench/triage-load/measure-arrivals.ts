import type { Fishbone } from '../../src/composition-root.ts'
import type { Feedback } from '../../src/domain/feedback.ts'
import { percentile } from '../../src/retrieval/metrics.ts'
import { gathered } from '../../src/gathered.ts'
import { createFileTriage } from '../../src/workflow/file-triage.ts'
import { createAcceptFeedback, type RecordOutcome } from '../../src/workflow/accept-feedback.ts'

type Times = Record<string, number[]>
/** Arrivals before the clock runs: a database that has just started compiles itself for half a minute. */
const warmUps = 120

/** A function whose calls are timed under a name. */
const timed = <A extends unknown[], R>(times: Times, stage: string, work: (...args: A) => Promise<R>) => async (...args: A): Promise<R> => {
  const startedAt = performance.now()
  try {
    return await work(...args)
  } finally {
    (times[stage] ??= []).push(performance.now() - startedAt)
  }
}

const summary = (ms: readonly number[]) => {
  const at = (share: number): number => Math.round(10 * percentile(ms, share)) / 10
  return { calls: ms.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

/** The parts of the arrival service as the product assembles them, each with a clock. */
async function timedServices(fishbone: Fishbone, times: Times) {
  const [ingest, store, triage, { vocabulary, linker }, duplicates, embedder] = await Promise.all([
    fishbone.ingest(), fishbone.store(), fishbone.triage(), fishbone.language(), fishbone.duplicates(), fishbone.embedder(),
  ])
  const { together } = duplicates
  const fileTriage = createFileTriage({ store, vocabularyVersion: vocabulary.version, now: () => new Date(), together })
  const write = gathered<Feedback, RecordOutcome>({ answer: records => ingest.ingestEach('feedback', records.map(record => ({ record, flags: [] }))) })
  const accept = createAcceptFeedback({
    ingest: { feedback: timed(times, 'graph: store', write), snapshot: () => Promise.reject(new Error('no snapshot here')) },
    store: {
      ...store,
      feedbackContext: timed(times, 'graph: read back', (id: string) => store.feedbackContext(id)),
      storedTriage: timed(times, 'graph: earlier triage', (id: string) => store.storedTriage(id)),
    },
    triageFeedback: timed(times, 'triage (links, cases, vector)', triage),
    fileTriage: { compare: timed(times, 'duplicates: reading', fileTriage.compare), file: timed(times, 'graph: duplicates, triage and issue', fileTriage.file) },
    edgesOf: duplicates.edgesOf,
  })
  return {
    /** From the request to the answer; links and vector are timed apart before, on other words, so that no cache helps. */
    arrive: timed(times, 'whole', async (feedback: Feedback) => void (await accept({ feedback }))),
    async alone(text: string) {
      const startedAt = performance.now()
      linker.link(text, { language: null });
      (times['links, alone'] ??= []).push(performance.now() - startedAt)
      await timed(times, 'vector, alone', async () => embedder!.embed([`${text} .`], 'query'))()
    },
  }
}

async function run(fishbone: Fishbone, feedback: readonly Feedback[], width: number) {
  const times: Times = {}
  const services = await timedServices(fishbone, times)
  for (const record of feedback.slice(0, warmUps)) await services.arrive(record)
  for (const stage of Object.keys(times)) times[stage] = []
  const before = process.cpuUsage()
  const waiting = feedback.slice(warmUps)
  await Promise.all(Array.from({ length: width }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await services.arrive(next)
  }))
  const used = process.cpuUsage(before)
  const calls = feedback.length - warmUps
  if (width === 1) for (const record of feedback.slice(0, 60)) await services.alone(record.text)
  return { width, warmUps, cpuMsOfThisProcessPerCall: Math.round((used.user + used.system) / 100 / calls) / 10, stages: Object.fromEntries(Object.entries(times).map(([stage, ms]) => [stage, summary(ms)])) }
}

/** First half of the feedback one after the other, second half four at a time. */
export async function measureArrivals(fishbone: Fishbone, feedback: readonly Feedback[]) {
  const searchCases = await fishbone.searchCases()
  await Promise.all([searchCases.warmUp(), fishbone.duplicates().then(parts => parts.warmUp())])
  const half = Math.ceil(feedback.length / 2)
  return { oneByOne: await run(fishbone, feedback.slice(0, half), 1), fourAtATime: await run(fishbone, feedback.slice(half), 4) }
}
