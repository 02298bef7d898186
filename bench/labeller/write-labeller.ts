/**
 * Writes a trained labeller as what ships (`npx tsx bench/labeller/write-labeller.ts WORK`): `vocabulary/calibration/labeller/` from `labels.json`, `weights.json` and
 * `weights.bin` of the work folder, and `bench/labelled/labeller-folds.jsonl` from its `fold-<n>.json`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { writeOnnxFile } from '../../src/llm/model-files/onnx-file.ts'
import { labellerFile } from '../../src/llm/embedding/text-labeller.ts'
import { labellerFolder } from '../../src/vocabulary-files.ts'
import { buildLabellerGraph } from './labeller-graph.ts'

const shape = { hidden: 384, layers: 12, heads: 12, feedForward: 1536, vocabulary: 250_037, maxPositions: 512, typeVocabulary: 2, layerNormEpsilon: 1e-12, blockSize: 32 }
const folds = [0, 1, 2]
/** A chance below it is not written down. */
const leastChance = 0.01

const work = process.argv[2] ?? ''
const readJson = (name: string): unknown => JSON.parse(readFileSync(path.join(work, name), 'utf8'))
const labels = z.object({ symptoms: z.array(z.string()), components: z.array(z.string()) }).parse(readJson('labels.json'))

const index = z.record(z.string(), z.tuple([z.int(), z.int()])).parse(readJson('weights.json'))
const bytes = readFileSync(path.join(work, 'weights.bin'))
const weightsOf = (name: string): Promise<Float32Array> => {
  const [from, count] = index[name] ?? [0, 0]
  return Promise.resolve(new Float32Array(bytes.buffer.slice(bytes.byteOffset + from, bytes.byteOffset + from + count * 4)))
}
mkdirSync(labellerFolder, { recursive: true })
await writeOnnxFile(path.join(labellerFolder, labellerFile), await buildLabellerGraph({ shape, floats: weightsOf }, labels.symptoms.length + labels.components.length + 1))
writeFileSync(path.join(labellerFolder, 'labels.json'), `${JSON.stringify({ about: 'Order of the chances of the labeller; written by bench/labeller/write-labeller.ts, not for editing by hand.', ...labels, qualityIssue: true }, null, 2)}\n`)

const likely = (keys: readonly string[], chances: readonly number[]) =>
  Object.fromEntries(keys.flatMap((key, at) => ((chances[at] ?? 0) >= leastChance ? [[key, Number((chances[at] as number).toFixed(3))]] : [])))
const rows = folds.flatMap(fold => Object.entries(z.record(z.string(), z.array(z.number())).parse(readJson(`fold-${fold}.json`))).map(([id, chances]) => ({
  id, fold, symptoms: likely(labels.symptoms, chances), components: likely(labels.components, chances.slice(labels.symptoms.length, -1)), qualityIssue: Number((chances.at(-1) as number).toFixed(3)),
})))
writeFileSync(new URL('../labelled/labeller-folds.jsonl', import.meta.url), rows.map(row => `${JSON.stringify(row)}\n`).join(''))
console.log(`${rows.length} texts read by labellers of other folds`)
