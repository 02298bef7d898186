import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildLabellerGraph, eventLayers } from '../../../bench/labeller/labeller-graph.ts'
import { loadTextEncoder } from '../../../src/llm/embedding/text-encoder.ts'
import { loadTextLabeller, networkFiles } from '../../../src/llm/embedding/text-labeller.ts'
import { convertPackedModel } from '../../../src/llm/model-files/convert-packed-model.ts'
import { writeOnnxFile } from '../../../src/llm/model-files/onnx-file.ts'
import { openPackedModel, type PackedModel } from '../../../src/llm/model-files/packed-model.ts'
import { tinyPackedModel } from '../../support/packed-model.ts'

let folder = ''
const packed = () => join(folder, 'model.bin')
const converted = () => join(folder, 'model')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fishbone-convert-'))
  await writeFile(packed(), tinyPackedModel())
  await convertPackedModel(packed(), converted())
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const texts = ['query: charging stops', 'query: brake', 'passage: 充电中断']

it('makes a model whose fp32 vectors are those of the BERT encoder worked out step by step', async () => {
  const encoder = await loadTextEncoder({ folder: converted(), precision: 'fp32' })
  const model = await openPackedModel(packed())
  const vectors = await encoder.encode(texts)
  for (const [index, text] of texts.entries()) {
    const expected = await encodePlainly(model, encoder.tokenIds(text))
    expect(cosine(vectors[index]!, expected), text).toBeGreaterThan(0.99999)
  }
  await model.close()
})

it('makes int8 vectors that are near, and the same in any company', async () => {
  const exact = await (await loadTextEncoder({ folder: converted(), precision: 'fp32' })).encode(texts)
  const encoder = await loadTextEncoder({ folder: converted(), precision: 'int8' })
  const together = await encoder.encode(texts)
  exact.forEach((vector, index) => expect(cosine(vector, together[index]!)).toBeGreaterThan(0.999))
  expect((await encoder.encode(texts.slice(1, 2)))[0]).toEqual(together[1])
})

it('refuses a file of another format and one that ends early', async () => {
  const other = join(folder, 'other.bin')
  await writeFile(other, Buffer.alloc(64))
  await expect(openPackedModel(other)).rejects.toThrow('E5S1')
  await writeFile(other, tinyPackedModel().subarray(0, 100))
  await expect(openPackedModel(other)).rejects.toThrow('ends early')
})

describe('labels', () => {
  const [labels, events] = [3, 2]
  const biases = { [networkFiles.alone]: Float32Array.of(0.5, -1, 0), [networkFiles.together[0]]: Float32Array.of(-1, 1, 2), [networkFiles.together[1]]: Float32Array.of(0, 0.5, -2) }
  const eventBias = Float32Array.of(-0.5, 0.25)
  const tell = (hidden: number, count: number) => Float32Array.from({ length: hidden * count }, (_, at) => Math.sin(at))

  /** All layers of the tiny model lie below the middle: the networks of its labeller are heads alone, which attend to every token alike. */
  async function labellerFolderOf(): Promise<{ labellerFolder: string; hidden: number }> {
    const model = await openPackedModel(packed())
    const { shape } = model
    await model.close()
    const labellerFolder = await mkdtemp(join(folder, 'labeller-'))
    const states = eventLayers.length * shape.hidden
    for (const [name, own] of Object.entries(biases)) {
      const head = new Map([
        ['attend', new Float32Array(shape.hidden * labels)], ['tell', tell(shape.hidden, labels)], ['bias', own],
        ['event.attend', new Float32Array(states * events)], ['event.tell', tell(states, events)], ['event.bias', eventBias],
      ])
      await writeOnnxFile(join(labellerFolder, name), await buildLabellerGraph({ shape, floats: tensor => Promise.resolve(head.get(tensor) ?? new Float32Array()) }, { labels, events }))
    }
    return { labellerFolder, hidden: shape.hidden }
  }
  const rowsOf = (tokens: number, hidden: number) => Float32Array.from({ length: tokens * hidden }, (_, at) => Math.cos(at * at))
  /** What one says of some rows: of the labels by their states, of the events by those of the layers of `eventLayers`, which are the same here. */
  const expectedOf = (rows: readonly Float32Array[], name: keyof typeof biases = networkFiles.alone) => {
    const chancesOf = (biases: Float32Array, statesOf: (row: Float32Array) => number[]) => Array.from(biases, (start, at) => {
      const evidence = rows.map(row => statesOf(row).reduce((sum, value, place, all) => sum + value * tell(all.length, biases.length)[place * biases.length + at]!, 0))
      return 1 / (1 + Math.exp(-start - evidence.reduce((sum, one) => sum + one, 0) / rows.length))
    })
    return [...chancesOf(biases[name], row => [...row]), ...chancesOf(eventBias, row => eventLayers.flatMap(() => [...row]))]
  }
  const closeTo = (found: Float32Array, expected: readonly number[]) => found.forEach((chance, label) => expect(chance).toBeCloseTo(expected[label]!, 4))

  it('of a text are the same whether it was encoded before or not, and leave its vector alone', async () => {
    const { labellerFolder } = await labellerFolderOf()
    const [encoder, fresh, plain] = await Promise.all([labellerFolder, labellerFolder, null].map(one => loadTextEncoder({ folder: converted(), precision: 'fp32', labellerFolder: one })))
    const questions = texts.filter(text => text.startsWith('query: '))
    expect(await encoder!.encode(questions)).toEqual(await plain!.encode(questions))
    const heard = await encoder!.label(questions)
    expect(heard.map(({ length }) => length)).toEqual(questions.map(() => labels + events))
    for (const [at, chances] of (await fresh!.label(questions)).entries()) closeTo(chances, [...heard[at]!])
    expect(await plain!.label(questions.slice(0, 1))).toEqual([new Float32Array()])
  })

  const labelled = async (tokens: number) => {
    const { labellerFolder, hidden } = await labellerFolderOf()
    const rows = rowsOf(tokens, hidden)
    const chances = await (await loadTextLabeller(labellerFolder)).label({ rows, tokens, dimensions: hidden })
    return { chances, rows: Array.from({ length: tokens }, (_, at) => rows.subarray(at * hidden, (at + 1) * hidden)) }
  }

  it('are the mean of what the networks say together', async () => {
    const { chances, rows } = await labelled(100)
    const [one, other] = networkFiles.together.map(name => expectedOf(rows, name)) as [number[], number[]]
    expect(chances).toHaveLength(labels + events)
    closeTo(chances, one.map((chance, label) => (chance + other[label]!) / 2))
  })

  it('of more than a hundred tokens are those of the network that is asked alone', async () => {
    const { chances, rows } = await labelled(101)
    closeTo(chances, expectedOf(rows))
  })

  it('of a long text are those of its loudest part', async () => {
    const { labellerFolder, hidden } = await labellerFolderOf()
    const [tokens, middle] = [222, 111]
    const rows = rowsOf(tokens, hidden)
    const row = (at: number) => rows.subarray(at * hidden, (at + 1) * hidden)
    const part = (from: number, to: number) => expectedOf([row(0), ...Array.from({ length: to - from }, (_, at) => row(from + at)), row(tokens - 1)])
    const [first, second] = [part(1, middle), part(middle, tokens - 1)]
    const chances = await (await loadTextLabeller(labellerFolder)).label({ rows, tokens, dimensions: hidden })
    closeTo(chances, first.map((chance, label) => Math.max(chance, second[label]!)))
    expect(first).not.toEqual(second)
  })

  it('need a network', async () => {
    await expect(loadTextLabeller(folder)).rejects.toThrow(networkFiles.alone)
  })
})

/** BERT with post-layer-norm, erf GELU and mean pooling, in plain 64-bit arithmetic. */
async function encodePlainly(model: PackedModel, ids: number[]): Promise<number[]> {
  const { hidden, layers, heads, layerNormEpsilon } = model.shape
  const get = async (name: string) => Array.from(await model.floats(name))
  const normalise = async (row: number[], name: string) => {
    const [weight, bias] = [await get(`${name}.w`), await get(`${name}.b`)]
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length
    return row.map((value, i) => ((value - mean) / Math.sqrt(variance + layerNormEpsilon)) * weight[i]! + bias[i]!)
  }
  const dense = async (row: number[], name: string) => {
    const [weight, bias] = [await get(`${name}.w`), await get(`${name}.b`)]
    return bias.map((start, out) => row.reduce((sum, value, i) => sum + value * weight[out * row.length + i]!, start))
  }
  const [words, positions, types] = [await get('emb.word'), await get('emb.pos'), await get('emb.type')]
  let rows = await Promise.all(ids.map((id, at) => normalise(
    Array.from({ length: hidden }, (_, i) => words[id * hidden + i]! + positions[at * hidden + i]! + types[i]!), 'emb.ln')))
  for (let layer = 0; layer < layers; layer += 1) {
    const each = (name: string) => Promise.all(rows.map(row => dense(row, `l${layer}.${name}`)))
    const [q, k, v] = [await each('q'), await each('k'), await each('v')]
    const size = hidden / heads
    const attended = q.map(query => Array.from({ length: hidden }, (_, i) => {
      const from = Math.floor(i / size) * size
      const scores = k.map(key => Math.exp(query.slice(from, from + size).reduce((sum, value, j) => sum + value * key[from + j]!, 0) / Math.sqrt(size)))
      const total = scores.reduce((sum, value) => sum + value, 0)
      return v.reduce((sum, value, at) => sum + (scores[at]! / total) * value[i]!, 0)
    }))
    const added = async (before: number[], after: number[], name: string) => normalise(after.map((value, i) => value + before[i]!), `l${layer}.${name}`)
    rows = await Promise.all(rows.map(async (row, at) => added(row, await dense(attended[at]!, `l${layer}.ao`), 'aln')))
    rows = await Promise.all(rows.map(async row => {
      const inner = (await dense(row, `l${layer}.fi`)).map(value => 0.5 * value * (1 + erf(value / Math.SQRT2)))
      return added(row, await dense(inner, `l${layer}.fo`), 'oln')
    }))
  }
  return Array.from({ length: hidden }, (_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length)
}

/** Abramowitz and Stegun 7.1.26, error below 1.5e-7. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x))
  const tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.exp(-x * x)
  return Math.sign(x) * (1 - tail)
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const dot = (x: ArrayLike<number>, y: ArrayLike<number>) => Array.from(x).reduce((sum, value, i) => sum + value * y[i]!, 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}
