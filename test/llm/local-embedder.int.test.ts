import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { loadTextEncoder } from '../../src/llm/embedding/text-encoder.ts'
import { createEmbedder, fetchModel } from '../../src/llm/index.ts'
import type { Embedder } from '../../src/llm/ports.ts'
import { projectRoot } from '../../src/project-root.ts'
import { labellerFolder, readVocabularyFiles } from '../../src/vocabulary-files.ts'
import { readLabels } from '../../src/vocabulary/text-labels.ts'

type Reference = { text: string; queryTokenIds: number[]; passageTokenIds: number[]; query: number[]; passage: number[] }

const references = readFileSync(join(projectRoot, 'fixtures/embedding/reference-vectors.ndjson'), 'utf8')
  .trim().split('\n').map(line => JSON.parse(line) as Reference)
const cosine = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)
const logger = { info: () => undefined, warn: () => undefined }
const { cacheDir } = readConfig()
let dir = ''

// The model is part of the set-up of the tests: without it they fail, with the reason of each source.
beforeAll(async () => {
  ({ dir } = await fetchModel({ cacheDir }))
}, 600_000)

it('cuts a text into the tokens of the reference', async () => {
  const encoder = await loadTextEncoder({ folder: dir, precision: 'int8' })
  for (const { text, queryTokenIds, passageTokenIds } of references) {
    expect(encoder.tokenIds(`query: ${text}`), text).toEqual(queryTokenIds)
    expect(encoder.tokenIds(`passage: ${text}`), text).toEqual(passageTokenIds)
  }
  const long = encoder.tokenIds(`passage: ${'下雨天充电中断。'.repeat(500)}`)
  expect(long).toHaveLength(512)
  expect(long.at(-1)).toBe(2)
})

describe.each(['fp32', 'int8'] as const)('local embedder, %s', precision => {
  let embedder: Embedder
  beforeAll(async () => {
    const found = await createEmbedder({ mode: 'local', cacheDir, precision, logger })
    if (found === null) throw new Error('the fetched model was not found again')
    embedder = found
  })
  afterAll(() => embedder.close())

  // The reference engine has the same 4-bit weights as the package; the hub's weights are the ones before rounding.
  const atLeast = () => (embedder.modelId.includes('-q4/') ? { fp32: 0.9997, int8: 0.998 }[precision] : 0.98)

  it.each(['query', 'passage'] as const)('agrees with the reference vectors as %s', async role => {
    const vectors = await embedder.embed(references.map(one => one.text), role)
    references.forEach((reference, index) => {
      expect(cosine(vectors[index]!, reference[role]), reference.text).toBeGreaterThanOrEqual(atLeast())
    })
  })

  it('gives unit vectors of 384 numbers, also for an empty and for a very long text', async () => {
    expect(embedder.dimensions).toBe(384)
    for (const vector of await embedder.embed(['', 'x'.repeat(20_000), '充电'.repeat(5_000)], 'passage')) {
      expect(vector).toHaveLength(384)
      expect(cosine(vector, vector)).toBeCloseTo(1, 4)
    }
  })

  it('gives a text the same vector alone and in a list', async () => {
    const texts = references.map(one => one.text)
    const together = await embedder.embed(texts, 'passage')
    const [alone] = await embedder.embed(texts.slice(3, 4), 'passage')
    expect(cosine(alone!, together[3]!)).toBeGreaterThan(0.999999)
  })

  it('answers a repeated question from memory, with the same vector', async () => {
    const [first] = await embedder.embed(['下雨天充电中断'], 'query')
    const [second] = await embedder.embed(['下雨天充电中断'], 'query')
    expect(second).toEqual(first)
  })
})

it('hears the fault in words nobody listed, in both languages, with the same vector', async () => {
  const [plain, labelled] = await Promise.all([null, labellerFolder].map(folder => createEmbedder({ mode: 'local', cacheDir, labellerFolder: folder, logger })))
  const labels = readVocabularyFiles().calibration.labels!
  for (const [text, symptom] of [['方向盘沉得像在揉一大盆面', 'steering-heavy'], ['the pedal sinks to the carpet and nothing much happens', 'brake-pedal-soft'], ['脚一踩下去跟踩棉花似的，一直到底', 'brake-pedal-soft']] as const) {
    const [vector] = await labelled!.embed([text], 'query')
    expect(await plain!.embed([text], 'query')).toEqual([vector])
    expect(await plain!.labelsOf?.(text)).toBeNull()
    const chances = await labelled!.labelsOf?.(text)
    // Weights of the hub have no middle state to go on from.
    if (labelled!.modelId.includes('-q4/')) expect(readLabels(labels, chances)?.symptoms.likeliest(1), text).toEqual([symptom])
    else expect(chances).toBeNull()
  }
  await Promise.all([plain!.close(), labelled!.close()])
})

it('labels a long text, and none of which the model sees only the beginning', async () => {
  const embedder = await createEmbedder({ mode: 'local', cacheDir, labellerFolder, logger })
  const labelsOf = async (sentences: number) => embedder!.labelsOf?.(`${'The dealer kept the car for a week and found nothing wrong with it. '.repeat(sentences)}The brakes failed.`)
  if (embedder!.modelId.includes('-q4/')) expect(readLabels(readVocabularyFiles().calibration.labels, await labelsOf(20))?.symptoms.likeliest(1)).toEqual(['brake-pedal-soft'])
  expect(await labelsOf(60)).toBeNull()
  await embedder!.close()
})

it('finds a Chinese complaint closer to its English twin than to another', async () => {
  const embedder = await createEmbedder({ mode: 'local', cacheDir, logger })
  const [complaint, twin, other] = await embedder!.embed(['下雨天充电中断', 'charging stops when it rains', 'the sunroof rattles'], 'query')
  await embedder!.close()
  expect(cosine(complaint!, twin!)).toBeGreaterThan(cosine(complaint!, other!) + 0.03)
})

it('leaves no process behind when its parent is killed', async () => {
  const script = join(projectRoot, 'test/doubles/embed-and-wait.ts')
  const parent = spawn(process.execPath, ['--import', 'tsx', script, cacheDir], { cwd: projectRoot, stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise(resolve => parent.stdout.once('data', resolve))
  const [child] = execFileSync('ps', ['-o', 'pid=', '--ppid', String(parent.pid)], { encoding: 'utf8' }).trim().split('\n').map(Number)
  expect(child).toBeGreaterThan(0)
  parent.kill('SIGKILL')
  await expect.poll(() => isRunning(child!), { timeout: 10_000 }).toBe(false)
})

/** A zombie has ended; it only waits for somebody to read its exit code. */
function isRunning(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z')
  } catch {
    return false
  }
}
