/**
 * Writes trained networks as the labeller that ships (`npx tsx bench/labeller/write-labeller.ts WORK...`, a work folder a network, of the same texts):
 * `vocabulary/calibration/labeller/` from their `labels.json`, `weights.json` and `weights.bin`, and `bench/labelled/labeller-folds.jsonl` from the mean of their `fold-<n>.json`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { writeOnnxFile } from '../../src/llm/model-files/onnx-file.ts'
import { networkFile } from '../../src/llm/embedding/text-labeller.ts'
import { labellerFolder } from '../../src/vocabulary-files.ts'
import { buildLabellerGraph } from './labeller-graph.ts'

const shape = { hidden: 384, layers: 12, heads: 12, feedForward: 1536, vocabulary: 250_037, maxPositions: 512, typeVocabulary: 2, layerNormEpsilon: 1e-12, blockSize: 32 }
const folds = [0, 1, 2]
/** A chance below it is not written down. */
const leastChance = 0.01

const works = process.argv.slice(2)
const readJson = <T>(work: string, name: string, form: z.ZodType<T>): T => form.parse(JSON.parse(readFileSync(path.join(work, name), 'utf8')))
const sameOf = <T>(name: string, form: z.ZodType<T>): T => {
  const [first, ...others] = works.map(work => readJson(work, name, form))
  if (first === undefined) throw new Error('usage: npx tsx bench/labeller/write-labeller.ts WORK...')
  if (others.some(other => JSON.stringify(other) !== JSON.stringify(first))) throw new Error(`${name} of the work folders differ: networks of one labeller tell the same labels apart`)
  return first
}

const labels = sameOf('labels.json', z.object({ symptoms: z.array(z.string()), components: z.array(z.string()) }))
mkdirSync(labellerFolder, { recursive: true })
for (const [at, work] of works.entries()) {
  const index = readJson(work, 'weights.json', z.record(z.string(), z.tuple([z.int(), z.int()])))
  const bytes = readFileSync(path.join(work, 'weights.bin'))
  const weightsOf = (name: string): Promise<Float32Array> => {
    const [from, count] = index[name] ?? [0, 0]
    return Promise.resolve(new Float32Array(bytes.buffer.slice(bytes.byteOffset + from, bytes.byteOffset + from + count * 4)))
  }
  await writeOnnxFile(path.join(labellerFolder, networkFile(at + 1)), await buildLabellerGraph({ shape, floats: weightsOf }, labels.symptoms.length + labels.components.length + 1))
}
writeFileSync(path.join(labellerFolder, 'labels.json'), `${JSON.stringify({ about: 'Order of the chances of the labeller; written by bench/labeller/write-labeller.ts, not for editing by hand.', ...labels, qualityIssue: true }, null, 2)}\n`)

/** Chances of the texts of a fold, each the mean over the networks. */
function foldChances(fold: number): [id: string, chances: number[]][] {
  const all = works.map(work => readJson(work, `fold-${fold}.json`, z.record(z.string(), z.array(z.number()))))
  return Object.entries(all[0] ?? {}).map(([id, first]) => [id, first.map((_, label) => all.reduce((sum, chances) => sum + (chances[id]?.[label] ?? NaN), 0) / all.length)])
}
const likely = (keys: readonly string[], chances: readonly number[]) =>
  Object.fromEntries(keys.flatMap((key, at) => ((chances[at] ?? 0) >= leastChance ? [[key, Number((chances[at] as number).toFixed(3))]] : [])))
const rows = folds.flatMap(fold => foldChances(fold).map(([id, chances]) => ({
  id, fold, symptoms: likely(labels.symptoms, chances), components: likely(labels.components, chances.slice(labels.symptoms.length, -1)), qualityIssue: Number((chances.at(-1) as number).toFixed(3)),
})))
writeFileSync(new URL('../labelled/labeller-folds.jsonl', import.meta.url), rows.map(row => `${JSON.stringify(row)}\n`).join(''))
console.log(`${rows.length} texts read by ${works.length} networks of other folds`)
