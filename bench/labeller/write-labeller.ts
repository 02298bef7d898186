/**
 * Writes a trained network as the labeller that ships (`npx tsx bench/labeller/write-labeller.ts WORK`): `vocabulary/calibration/labeller/` from `labels.json`, `weights.json` and
 * `weights.bin` there, and `bench/labelled/labeller-folds.jsonl` from `fold-<n>.json` and `events-folds.json`.
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

const [work] = process.argv.slice(2)
if (work === undefined) throw new Error('usage: npx tsx bench/labeller/write-labeller.ts WORK')
const readJson = <T>(name: string, form: z.ZodType<T>): T => form.parse(JSON.parse(readFileSync(path.join(work, name), 'utf8')))
const readChances = (name: string): [id: string, chances: number[]][] => Object.entries(readJson(name, z.record(z.string(), z.array(z.number()))))

const labels = readJson('labels.json', z.object({ symptoms: z.array(z.string()), components: z.array(z.string()), events: z.array(z.string()) }))
const index = readJson('weights.json', z.record(z.string(), z.tuple([z.int(), z.int()])))
const bytes = readFileSync(path.join(work, 'weights.bin'))
const weightsOf = (name: string): Promise<Float32Array> => {
  const place = index[name]
  if (place === undefined) throw new Error(`${work}/weights.json names no ${name}: export.py is to be run anew`)
  const [from, count] = place
  return Promise.resolve(new Float32Array(bytes.buffer.slice(bytes.byteOffset + from, bytes.byteOffset + from + count * 4)))
}
mkdirSync(labellerFolder, { recursive: true })
const counts = { labels: labels.symptoms.length + labels.components.length + 1, events: labels.events.length }
await writeOnnxFile(path.join(labellerFolder, networkFile), await buildLabellerGraph({ shape, floats: weightsOf }, counts))
writeFileSync(path.join(labellerFolder, 'labels.json'), `${JSON.stringify({ about: 'Order of the chances of the labeller; written by bench/labeller/write-labeller.ts, not for editing by hand.', symptoms: labels.symptoms, components: labels.components, qualityIssue: true, events: labels.events }, null, 2)}\n`)

const likely = (keys: readonly string[], chances: readonly number[]) =>
  Object.fromEntries(keys.flatMap((key, at) => ((chances[at] ?? 0) >= leastChance ? [[key, Number((chances[at] as number).toFixed(3))]] : [])))
const eventChances = new Map(readChances('events-folds.json'))
const rows = folds.flatMap(fold => readChances(`fold-${fold}.json`).map(([id, chances]) => ({
  id, fold, symptoms: likely(labels.symptoms, chances), components: likely(labels.components, chances.slice(labels.symptoms.length, -1)), qualityIssue: Number((chances.at(-1) as number).toFixed(3)),
  events: likely(labels.events, eventChances.get(id) ?? []),
})))
writeFileSync(new URL('../labelled/labeller-folds.jsonl', import.meta.url), rows.map(row => `${JSON.stringify(row)}\n`).join(''))
console.log(`${rows.length} texts read by networks of other folds`)
