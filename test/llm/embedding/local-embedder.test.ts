import { expect, it } from 'vitest'
import { embedderOver } from '../../../src/llm/embedding/local-embedder.ts'
import type { ModelProcess } from '../../../src/llm/embedding/model-process.ts'

/** Answers each text with a unit vector that points by its length, and notes what it was asked. */
function scriptedProcess({ vectorOf = (text: string) => Float32Array.of(Math.cos(text.length), Math.sin(text.length)), hasLabels = true, labels = Float32Array.of(0.25, 0.75) } = {}) {
  const asked: { texts: string[]; urgent: boolean; wanted?: string | undefined }[] = []
  const modelProcess: ModelProcess = {
    start: () => undefined,
    isLoading: () => false,
    request(texts, { urgent, wanted }) {
      asked.push({ texts, urgent, wanted })
      return Promise.resolve(texts.map(text => (wanted === 'labels' ? labels : vectorOf(text))))
    },
    close: () => Promise.resolve(),
  }
  return { asked, embedder: embedderOver(modelProcess, { modelId: 'tiny/fp32', dimensions: 2, hasLabels }) }
}

it('puts the role before each text, without white space around the text', async () => {
  const { asked, embedder } = scriptedProcess()
  await embedder.embed(['  brake  '], 'passage')
  await embedder.embed(['brake', ''], 'query')
  expect(asked).toEqual([
    { texts: ['passage: brake'], urgent: false },
    { texts: ['query: ', 'query: brake'], urgent: true },
  ])
})

it('keeps the order of the texts though it asks for like lengths together', async () => {
  const { asked, embedder } = scriptedProcess()
  const texts = Array.from({ length: 40 }, (_, index) => 'x'.repeat((index * 17) % 40))
  const vectors = await embedder.embed(texts, 'passage')
  expect(asked.length).toBeGreaterThan(1)
  vectors.forEach((vector, index) => {
    const length = 'passage: '.length + (texts[index]?.length ?? 0)
    expect([...vector]).toEqual([Math.fround(Math.cos(length)), Math.fround(Math.sin(length))])
  })
})

it('asks for a question once, for a passage each time', async () => {
  const { asked, embedder } = scriptedProcess()
  const first = await embedder.embed(['brake', 'charging'], 'query')
  const second = await embedder.embed(['charging', 'steering', 'brake'], 'query')
  expect(second[0]).toEqual(first[1])
  expect(second[2]).toEqual(first[0])
  expect(asked.map(one => one.texts)).toEqual([['query: brake', 'query: charging'], ['query: steering']])
  await embedder.embed(['brake'], 'passage')
  await embedder.embed(['brake'], 'passage')
  expect(asked).toHaveLength(4)
})

it('refuses a vector that the index would never find, and forgets it', async () => {
  let vector = Float32Array.of(0, 0)
  const { embedder } = scriptedProcess({ vectorOf: () => vector })
  await expect(embedder.embed(['brake'], 'query')).rejects.toMatchObject({ code: 'FB_EMBEDDER_UNAVAILABLE' })
  vector = Float32Array.of(0, 1)
  await expect(embedder.embed(['brake'], 'query')).resolves.toEqual([vector])
})

it('asks nothing for no texts', async () => {
  const { asked, embedder } = scriptedProcess()
  expect(await embedder.embed([], 'query')).toEqual([])
  expect(asked).toEqual([])
})

it('tells the chances of the labels of a text, asked once', async () => {
  const { asked, embedder } = scriptedProcess()
  await embedder.embed(['brake'], 'query')
  expect(await embedder.labelsOf?.(' brake ')).toEqual(Float32Array.of(0.25, 0.75))
  expect(await embedder.labelsOf?.('brake')).toEqual(Float32Array.of(0.25, 0.75))
  expect(asked).toEqual([{ texts: ['query: brake'], urgent: true, wanted: undefined }, { texts: ['query: brake'], urgent: true, wanted: 'labels' }])
})

it('asks for no labels where the process has no labeller', async () => {
  const { asked, embedder } = scriptedProcess({ hasLabels: false })
  expect(await embedder.labelsOf?.('brake')).toBeNull()
  expect(asked).toEqual([])
})

it('has no labels where the process heard none', async () => {
  const { embedder } = scriptedProcess({ labels: new Float32Array() })
  expect(await embedder.labelsOf?.('brake')).toBeNull()
})
