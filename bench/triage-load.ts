/**
 * Triage of arriving feedback with much of it there already, the vector of the text included:
 * `npx tsx bench/triage-load.ts --work FOLDER [--data FOLDER] [--feedback 100000] [--cases 10000] [--arrivals 500] [--warm-up 1500] [--load-only]`.
 *
 * Loads once into a Neo4j of its own under the work folder (a second run uses what is there), then sends feedback through the real service: store,
 * links, duplicates, cases, issue. Stored vectors are those of the sentences, moved a little; arriving texts go through the real model.
 * Writes `bench/results/triage-load-<commit>.json`.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createRandom } from '../src/analysis/random.ts'
import { createFishbone, type Fishbone } from '../src/composition-root.ts'
import { readConfig } from '../src/config.ts'
import { createVectorStore } from '../src/graph/retrieval/vector-store.ts'
import { createLogger } from '../src/logger.ts'
import { createVectorFile } from './retrieval/vector-file.ts'
import { baseTexts, generateCases, generateFeedback, nearVector } from './triage-load/generated-load.ts'
import { measureArrivals } from './triage-load/measure-arrivals.ts'

const { values: options } = parseArgs({
  options: {
    work: { type: 'string' }, data: { type: 'string' }, feedback: { type: 'string', default: '100000' }, cases: { type: 'string', default: '10000' },
    arrivals: { type: 'string', default: '500' }, 'load-only': { type: 'boolean', default: false }, 'warm-up': { type: 'string', default: '1500' },
  },
})
if (options.work === undefined) throw new Error('usage: npx tsx bench/triage-load.ts --work FOLDER [--data FOLDER]')
const work = options.work
const batch = 500
/** Sentences that go through the model for the stored vectors. */
const embedded = 1_200

const note = (line: string): void => console.error(`${new Date().toISOString().slice(11, 19)} ${line}`)

async function vectorsOf(fishbone: Fishbone, texts: readonly string[]): Promise<Float32Array[]> {
  const embedder = (await fishbone.embedder())!
  const file = createVectorFile(join(work, 'vectors.jsonl'))
  const vectors: Float32Array[] = []
  for (const text of texts) {
    const key = file.keyOf(embedder.modelId, 'query', text)
    if (!file.has(key)) file.set(key, (await embedder.embed([text], 'query'))[0]!)
    vectors.push(file.get(key)!)
  }
  file.save()
  return vectors
}

async function load(fishbone: Fishbone, texts: readonly string[]): Promise<void> {
  const [ingest, client, embedder] = [await fishbone.ingest(), await fishbone.graph(), (await fishbone.embedder())!]
  const vectors = await vectorsOf(fishbone, texts)
  note('sentences embedded')
  const vectorStore = createVectorStore({ client })
  const random = createRandom(7)
  const cases = generateCases(options.data ?? null, Number(options.cases), texts)
  for (let from = 0; from < cases.length; from += batch) {
    await ingest.ingestBatch('cases', cases.slice(from, from + batch).map(record => ({ record, flags: [] })))
    const waiting = await vectorStore.unembeddedCases(batch)
    await vectorStore.write('Case', waiting.map(({ id, textSha256 }) => ({ id, textSha256, embedding: nearVector(vectors[Math.floor(random() * vectors.length)]!, random) })), embedder.modelId)
  }
  note(`${cases.length} cases loaded`)
  const feedback = [...generateFeedback({ texts, count: Number(options.feedback), cars: 40_000, seed: 11, prefix: 'load' })]
  for (let from = 0; from < feedback.length; from += batch) {
    const some = feedback.slice(from, from + batch)
    await ingest.ingestBatch('feedback', some.map(({ record }) => ({ record, flags: [] })))
    const baseOf = new Map(some.map(({ record, base }) => [`${record.channel}:${record.sourceId}`, base]))
    const waiting = await vectorStore.unembeddedFeedback(2 * batch)
    await vectorStore.write('Feedback', waiting.map(({ id, textSha256 }) => ({ id, textSha256, embedding: nearVector(vectors[baseOf.get(id) ?? 0]!, random) })), embedder.modelId)
    if (from % 10_000 === 0) note(`${from} feedback`)
  }
  writeFileSync(join(work, 'loaded.json'), JSON.stringify({ feedback: feedback.length, cases: cases.length }))
}

/** How fast history is compared: the first few thousand reports that wait. */
async function compareSome(fishbone: Fishbone, count: number) {
  const { compareWaiting } = await fishbone.duplicates()
  const stop = new AbortController()
  const [startedAt, before] = [performance.now(), process.cpuUsage()]
  let compared = 0
  await compareWaiting({ signal: stop.signal, onProgress: ({ done }) => { compared = done; if (done >= count) stop.abort() } }).catch((error: unknown) => { if (!stop.signal.aborted) throw error })
  const used = process.cpuUsage(before)
  return { compared, perSecond: Math.round((10_000 * compared) / (performance.now() - startedAt)) / 10, cpuMsOfThisProcessPerReport: compared === 0 ? 0 : Math.round((used.user + used.system) / 100 / compared) / 10 }
}

async function main(): Promise<void> {
  mkdirSync(work, { recursive: true })
  const config = readConfig({ ...process.env, NEO4J_URI: '', REDIS_URL: '', EMBEDDINGS: 'local', FISHBONE_DATA_DIR: join(work, 'data') })
  const fishbone = createFishbone({ config, logger: createLogger({ level: 'warn' }), onProgress: note })
  try {
    const all = baseTexts(options.data ?? null)
    const random = createRandom(3)
    const shuffled = all.map(text => ({ text, order: random() })).sort((a, b) => a.order - b.order).map(({ text }) => text)
    if (!existsSync(join(work, 'loaded.json'))) await load(fishbone, shuffled.slice(0, embedded))
    if (options['load-only']) return
    const arrivals = [...generateFeedback({ texts: shuffled.slice(embedded), count: Number(options['warm-up']) + Number(options.arrivals), cars: 40_000, seed: Date.now() % 1_000_000, arrivesAt: new Date(), prefix: `arrival-${Date.now().toString(36)}` })].map(({ record }) => record)
    const measured = { ...(await measureArrivals(fishbone, arrivals, Number(options['warm-up']))), history: await compareSome(fishbone, 1_000) }
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD']).toString().trim()
    const result = {
      commit, date: new Date().toISOString(), machine: { cpu: cpus()[0]?.model, cores: cpus().length, loadAverage: loadavg() },
      loaded: JSON.parse(readFileSync(join(work, 'loaded.json'), 'utf8')) as unknown, ...measured,
    }
    const file = new URL(`results/triage-load-${commit}.json`, import.meta.url)
    writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`)
    console.log(JSON.stringify(result, null, 2))
  } finally {
    await fishbone.close()
  }
}

await main()
