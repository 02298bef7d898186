// One precision in a process of its own, so that its memory is its own: prints one line of JSON. Arguments: model folder, precision.
import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { loadTextEncoder } from '../../src/llm/embedding/text-encoder.ts'

export type Measured = {
  loadMs: number
  rssAfterLoadMb: number
  peakRssMb: number
  queryMs: { p50: number; p95: number; count: number }
  shortTextsPerSecond: number
  longTextsPerSecond: number
  cosineToReference: { lowest: number; mean: number; texts: number }
}

type Reference = { text: string; query: number[]; passage: number[] }

const [folder = '', precision = 'fp32'] = process.argv.slice(2)
const references = readFileSync(new URL('../../fixtures/embedding/reference-vectors.ndjson', import.meta.url), 'utf8')
  .trim().split('\n').map(line => JSON.parse(line) as Reference)
const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20)
const cosine = (a: Float32Array, b: number[]) => a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)

const startedAt = performance.now()
const encoder = await loadTextEncoder({ folder, precision: precision === 'int8' ? 'int8' : 'fp32' })
const loadMs = Math.round(performance.now() - startedAt)
// As the worker does.
await setTimeout(200)
globalThis.gc?.()
await setTimeout(200)
const rssAfterLoadMb = megabytes(process.memoryUsage.rss())

async function textsPerSecond(texts: string[]): Promise<number> {
  const from = performance.now()
  for (let start = 0; start < texts.length; start += 16) await encoder.encode(texts.slice(start, start + 16))
  return Math.round((texts.length / (performance.now() - from)) * 10_000) / 10
}

async function queryTimes(): Promise<Measured['queryMs']> {
  const times: number[] = []
  for (const { text } of [...references, ...references, ...references]) {
    const from = performance.now()
    await encoder.encode([`query: ${text}`])
    times.push(performance.now() - from)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round((times[Math.ceil(times.length * share) - 1] ?? 0) * 10) / 10
  return { p50: at(0.5), p95: at(0.95), count: times.length }
}

const short = references.map(one => `passage: ${one.text}`)
// Eight complaints in a row: about 700 characters of English, 150 of Chinese, as long narratives are.
const long = references.slice(0, 24).map((_, index) => `passage: ${Array.from({ length: 8 }, (_, k) => references[(index + k) % 32]?.text).join(' ')}`)
await encoder.encode(short)

const cosines: number[] = []
for (const role of ['query', 'passage'] as const) {
  const vectors = await encoder.encode(references.map(one => `${role}: ${one.text}`))
  vectors.forEach((vector, index) => cosines.push(cosine(vector, references[index]?.[role] ?? [])))
}
const measured: Measured = {
  loadMs,
  rssAfterLoadMb,
  queryMs: await queryTimes(),
  shortTextsPerSecond: await textsPerSecond([...short, ...short, ...short, ...short]),
  longTextsPerSecond: await textsPerSecond(long),
  cosineToReference: {
    lowest: Math.min(...cosines),
    mean: cosines.reduce((sum, value) => sum + value, 0) / cosines.length,
    texts: cosines.length,
  },
  peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
}
process.stdout.write(`${JSON.stringify(measured)}\n`)
