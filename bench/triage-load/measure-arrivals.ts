import type { Fishbone } from '../../src/composition-root.ts'
import type { Feedback } from '../../src/domain/feedback.ts'
import { percentile } from '../../src/retrieval/metrics.ts'
import { gathered } from '../../src/gathered.ts'
import { createFileTriage } from '../../src/workflow/file-triage.ts'
import { createAcceptFeedback, type RecordOutcome } from '../../src/workflow/accept-feedback.ts'

type Times = Record<string, number[]>
/** Arrivals at a time before the clock runs. */
const warmUpWidth = 20

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
      arrived: timed(times, 'graph: read back', (id: string) => store.arrived(id)),
      storedTriage: timed(times, 'graph: earlier triage', (id: string) => store.storedTriage(id)),
    },
    triageFeedback: timed(times, 'triage (links, cases, vector)', triage),
    fileTriage: { compare: timed(times, 'duplicates: reading', fileTriage.compare), file: timed(times, 'graph: duplicates, triage and issue', fileTriage.file) },
    edgesOf: duplicates.edgesOf, now: () => new Date(),
  })
  return {
    /** From the request to the answer; links and vector are timed apart before, on other words, so that no cache helps. */
    arrive: timed(times, 'whole', async (feedback: Feedback) => void (await accept({ feedback }))),
    async alone(text: string) {
      const startedAt = performance.now()
      linker.link(text, { language: null });
      (times['links, alone'] ??= []).push(performance.now() - startedAt)
      await timed(times, 'vector, alone', async () => embedder!.embed([`${text} .`], 'query'))()
      await timed(times, 'labels after it, alone', async () => embedder!.labelsOf?.(`${text} .`))()
    },
  }
}

async function run(fishbone: Fishbone, feedback: readonly Feedback[], width: number, warmUps: number) {
  const times: Times = {}
  const services = await timedServices(fishbone, times)
  const first = feedback.slice(0, warmUps)
  await Promise.all(Array.from({ length: warmUpWidth }, async () => {
    for (let next = first.shift(); next; next = first.shift()) await services.arrive(next)
  }))
  for (const stage of Object.keys(times)) times[stage] = []
  const before = process.cpuUsage()
  const waiting = feedback.slice(warmUps)
  await Promise.all(Array.from({ length: width }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await services.arrive(next)
  }))
  const used = process.cpuUsage(before)
  const calls = feedback.length - warmUps
  if (width === 1) for (const record of feedback.slice(warmUps, warmUps + 60)) await services.alone(record.text)
  return { width, warmUps, cpuMsOfThisProcessPerCall: Math.round((used.user + used.system) / 100 / calls) / 10, stages: Object.fromEntries(Object.entries(times).map(([stage, ms]) => [stage, summary(ms)])) }
}

/**
 * After some to warm up, half of the feedback one after the other, half four at a time. A server and a database that have just started compile
 * themselves for thousands of reports: what a warm one does is told, and how many it took to warm it.
 */
export async function measureArrivals(fishbone: Fishbone, feedback: readonly Feedback[], warmUps: number) {
  const searchCases = await fishbone.searchCases()
  await Promise.all([searchCases.warmUp(), fishbone.duplicates().then(parts => parts.warmUp())])
  const half = warmUps + Math.ceil((feedback.length - warmUps) / 2)
  return { oneByOne: await run(fishbone, feedback.slice(0, half), 1, warmUps), fourAtATime: await run(fishbone, feedback.slice(half), 4, 0) }
}
