// Similar cases on public complaints whose recall is known, beside the lines it is built from and a peer; and its speed with 10,000 cases.
//
//   npx tsx bench/retrieval.ts --data FOLDER [--neo4j-dir DIR] [--cache-dir DIR] [--background 500] [--retellings FILE] [--no-latency]
//
// FOLDER holds recalls.jsonl, complaints.jsonl, pairs-dev.jsonl, campaign_vehicles.jsonl, recall-document-summaries.jsonl.gz.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, homedir, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createCaseMemory } from '../src/retrieval/case-memory.ts'
import { crossLanguageWeights, fusionWeights } from '../src/retrieval/fusion.ts'
import { comparableProse, createEmbedPending } from '../src/retrieval/index.ts'
import { openLangchainPeer } from './retrieval/langchain-peer.ts'
import { measureLatency } from './retrieval/latency.ts'
import { queryText } from './retrieval/lines.ts'
import { measureQuality } from './retrieval/measure-quality.ts'
import { openProduct, type Product } from './retrieval/product.ts'
import { readDocumentCases, readPublicPairs } from './retrieval/public-pairs.ts'

const { values: args } = parseArgs({ options: {
  data: { type: 'string' },
  'neo4j-dir': { type: 'string', default: join(tmpdir(), 'fishbone-bench-retrieval') },
  'cache-dir': { type: 'string', default: process.env.FISHBONE_CACHE_DIR ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'fishbone') },
  background: { type: 'string', default: '500' },
  retellings: { type: 'string', default: 'bench/labelled/retellings-zh.jsonl' },
  'no-latency': { type: 'boolean', default: false },
} })
if (args.data === undefined) throw new Error('say where the public data is: --data FOLDER')

const seed = 42
/** A small seeded generator (mulberry32), so that intervals and noise repeat. */
const seeded = (start: number) => {
  let state = start
  return (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
const say = (line: string): void => void process.stderr.write(`${line}\n`)
const sha = (text: string): string => createHash('sha256').update(text).digest('hex')

/** All campaigns as cases, a fixed sample of unlabelled complaints as feedback, and their vectors. */
async function load(product: Product, { cases, unlabelled }: ReturnType<typeof readPublicPairs>): Promise<number> {
  await product.wipe()
  await product.ingest.ingestBatch('cases', cases.map(record => ({ record, flags: [] })))
  const sample = [...unlabelled].sort((a, b) => (sha(a.sourceId) < sha(b.sourceId) ? -1 : 1)).slice(0, Number(args.background))
  await product.ingest.ingestBatch('feedback', sample.map(record => ({ record, flags: [] })))
  await createEmbedPending(product)({ onProgress: ({ kind, embedded }) => say(`${kind}: ${embedded} vectors`) })
  return sample.length
}

async function quality(product: Product, pairs: ReturnType<typeof readPublicPairs>) {
  const background = await load(product, pairs)
  const snapshot = await createCaseMemory({ caseStore: product.caseStore, embedder: product.embedder, now: () => performance.now() }).refresh()
  const texts = pairs.cases.map(record => ({
    caseId: record.caseId, text: [record.title, record.failureEffect, record.rootCause, ...(record.corrective ?? []).map(({ text }) => text)].filter(Boolean).join('\n'),
  }))
  const peer = await openLangchainPeer(product.neo4j, product.embedder, texts)
  const measured = await measureQuality(product, {
    pairs, snapshot, say, retellings: args.retellings, incidents: 'bench/labelled/incidents.jsonl', retold: 'bench/retrieval/retold-zh.jsonl', random: () => seeded(seed),
    peers: { 'langchain-neo4j-hybrid': (query, setting) => peer.search(queryText(query, setting), texts.length) },
  })
  const errors = peer.errors()
  await peer.close()
  return { background, ...measured, langchainErrors: errors }
}

async function measureSpeed(product: Product, folder: string, pairs: ReturnType<typeof readPublicPairs>) {
  const cases = [...pairs.cases, ...readDocumentCases(folder, 10_000 - pairs.cases.length)]
  const vectors = await product.embedder.embed(pairs.cases.map(comparableCase), 'passage')
  const texts = pairs.unlabelled.slice(0, 2_000).filter((_, at) => at % 10 === 0).map(({ text }) => text)
  await product.embedder.embed(texts.map(product.redact), 'query')
  return measureLatency(product, { cases, vectors, texts, random: seeded(seed) })
}

const comparableCase = (record: ReturnType<typeof readPublicPairs>['cases'][number]): string =>
  comparableProse({
    kind: 'recall', title: record.title, text: '', symptom: record.symptom ?? null, failureMode: record.failureMode ?? null,
    failureEffect: record.failureEffect ?? null, rootCause: record.rootCause ?? null,
  })

const pairs = readPublicPairs(args.data)
const loadAtStart = loadavg()
const product = await openProduct({ neo4jDir: args['neo4j-dir'], cacheDir: args['cache-dir'], vectorFile: join(args['cache-dir'], 'bench-vectors.jsonl') })
try {
  const measured = await quality(product, pairs)
  const latency = args['no-latency'] ? null : await measureSpeed(product, args.data, pairs)
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const result = {
    recipe: 'bench/retrieval.ts', commit, at: new Date().toISOString(), seed,
    machine: { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30), loadAtStart },
    model: product.embedder.modelId, vocabulary: product.vocabulary.version, weights: { ...fusionWeights, crossLanguage: crossLanguageWeights },
    queries: pairs.hard.length, families: new Set(pairs.hard.map(({ family }) => family)).size, cases: pairs.cases.length,
    quality: measured, latency,
  }
  mkdirSync('bench/results', { recursive: true })
  const file = `bench/results/retrieval-${result.at.slice(0, 10)}-${commit}.json`
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`)
  say(`written: ${file}`)
} finally {
  await product.close()
}
