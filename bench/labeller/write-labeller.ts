/**
 * Writes trained networks as the labeller that ships (`npx tsx bench/labeller/write-labeller.ts WORK WORK-1 WORK-2`: the distilled one, then those it learned from):
 * `vocabulary/calibration/labeller/` from their `labels.json`, `weights.json` and `weights.bin`, and `bench/labelled/labeller-folds.jsonl` from the mean of `fold-<n>.json` and
 * `events-folds.json` of those that are asked together.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { writeOnnxFile } from '../../src/llm/model-files/onnx-file.ts'
import { networkFiles } from '../../src/llm/embedding/text-labeller.ts'
import { labellerFolder } from '../../src/vocabulary-files.ts'
import { buildLabellerGraph } from './labeller-graph.ts'

const shape = { hidden: 384, layers: 12, heads: 12, feedForward: 1536, vocabulary: 250_037, maxPositions: 512, typeVocabulary: 2, layerNormEpsilon: 1e-12, blockSize: 32 }
const folds = [0, 1, 2]
/** A chance below it is not written down. */
const leastChance = 0.01

const [distilled, ...together] = process.argv.slice(2)
if (distilled === undefined || together.length !== networkFiles.together.length) throw new Error('usage: npx tsx bench/labeller/write-labeller.ts WORK WORK-1 WORK-2')
const readJson = <T>(work: string, name: string, form: z.ZodType<T>): T => form.parse(JSON.parse(readFileSync(path.join(work, name), 'utf8')))
const readLabels = (work: string) => readJson(work, 'labels.json', z.object({ symptoms: z.array(z.string()), components: z.array(z.string()), events: z.array(z.string()) }))

const labels = readLabels(distilled)
if (together.some(work => JSON.stringify(readLabels(work)) !== JSON.stringify(labels))) throw new Error('labels.json of the work folders differ: networks of one labeller tell the same labels apart')
const counts = { labels: labels.symptoms.length + labels.components.length + 1, events: labels.events.length }

async function writeNetwork(work: string, name: string): Promise<void> {
  const index = readJson(work, 'weights.json', z.record(z.string(), z.tuple([z.int(), z.int()])))
  const bytes = readFileSync(path.join(work, 'weights.bin'))
  const weightsOf = (tensor: string): Promise<Float32Array> => {
    const place = index[tensor]
    if (place === undefined) throw new Error(`${work}/weights.json names no ${tensor}: export.py is to be run anew`)
    const [from, count] = place
    return Promise.resolve(new Float32Array(bytes.buffer.slice(bytes.byteOffset + from, bytes.byteOffset + from + count * 4)))
  }
  await writeOnnxFile(path.join(labellerFolder, name), await buildLabellerGraph({ shape, floats: weightsOf }, counts))
}

mkdirSync(labellerFolder, { recursive: true })
await writeNetwork(distilled, networkFiles.alone)
for (const [at, name] of networkFiles.together.entries()) await writeNetwork(together[at] as string, name)
writeFileSync(path.join(labellerFolder, 'labels.json'), `${JSON.stringify({ about: 'Order of the chances of the labeller; written by bench/labeller/write-labeller.ts, not for editing by hand.', symptoms: labels.symptoms, components: labels.components, qualityIssue: true, events: labels.events }, null, 2)}\n`)

/** Chances of some texts, each the mean over the networks asked together. */
function meanChances(name: string): [id: string, chances: number[]][] {
  const all = together.map(work => readJson(work, name, z.record(z.string(), z.array(z.number()))))
  return Object.entries(all[0] ?? {}).map(([id, first]) => [id, first.map((_, label) => all.reduce((sum, chances) => sum + (chances[id]?.[label] ?? NaN), 0) / all.length)])
}
const likely = (keys: readonly string[], chances: readonly number[]) =>
  Object.fromEntries(keys.flatMap((key, at) => ((chances[at] ?? 0) >= leastChance ? [[key, Number((chances[at] as number).toFixed(3))]] : [])))
const eventChances = new Map(meanChances('events-folds.json'))
const rows = folds.flatMap(fold => meanChances(`fold-${fold}.json`).map(([id, chances]) => ({
  id, fold, symptoms: likely(labels.symptoms, chances), components: likely(labels.components, chances.slice(labels.symptoms.length, -1)), qualityIssue: Number((chances.at(-1) as number).toFixed(3)),
  events: likely(labels.events, eventChances.get(id) ?? []),
})))
writeFileSync(new URL('../labelled/labeller-folds.jsonl', import.meta.url), rows.map(row => `${JSON.stringify(row)}\n`).join(''))
console.log(`${rows.length} texts read by networks of other folds`)
