import { expect, it } from 'vitest'
import { shareQueries } from '../../../src/llm/embedding/share-queries.ts'
import type { Embedder } from '../../../src/llm/ports.ts'

type Call = { texts: readonly string[]; answer: (vectors: Float32Array[]) => void; fail: (error: unknown) => void }

const setUp = () => {
  const calls: Call[] = []
  const slow: Embedder = {
    modelId: 'tiny/fp32', dimensions: 2,
    embed: texts => new Promise((answer, fail) => calls.push({ texts, answer, fail })),
    close: () => Promise.resolve(),
  }
  return { calls, embedder: shareQueries(slow) }
}
const vector = Float32Array.of(1, 0)

it('asks for a question that is on its way once, and gives each caller a vector of his own', async () => {
  const { calls, embedder } = setUp()
  const both = Promise.all([embedder.embed(['brake'], 'query'), embedder.embed(['brake'], 'query')])
  expect(calls).toHaveLength(1)
  calls[0]!.answer([vector])
  const [first, second] = await both
  expect(second[0]).toEqual(vector)
  expect(second[0]).not.toBe(first[0])
  void embedder.embed(['brake'], 'query')
  expect(calls).toHaveLength(2)
})

it('shares neither passages, nor lists, nor other words', () => {
  const { calls, embedder } = setUp()
  void embedder.embed(['brake'], 'passage')
  void embedder.embed(['brake'], 'passage')
  void embedder.embed(['brake', 'horn'], 'query')
  void embedder.embed(['brake'], 'query')
  void embedder.embed(['brakes'], 'query')
  expect(calls).toHaveLength(5)
})

it('asks again for a caller whose fellow failed', async () => {
  const { calls, embedder } = setUp()
  const [first, second] = [embedder.embed(['brake'], 'query'), embedder.embed(['brake'], 'query')]
  calls[0]!.fail(new Error('died'))
  await expect(first).rejects.toThrow('died')
  await expect.poll(() => calls.length).toBe(2)
  calls[1]!.answer([vector])
  expect((await second)[0]).toEqual(vector)
})

it('lets a caller go at once who no longer waits', async () => {
  const { embedder } = setUp()
  const stop = new AbortController()
  void embedder.embed(['brake'], 'query')
  const second = embedder.embed(['brake'], 'query', { signal: stop.signal })
  stop.abort(new Error('gone'))
  await expect(second).rejects.toThrow('gone')
})
