import { expect, it } from 'vitest'
import { createHashingEmbedder } from './hashing-embedder.ts'

const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)

it('gives unit vectors of 384 dimensions, the same for the same text', async () => {
  const embedder = createHashingEmbedder()
  const [first, second, empty] = await embedder.embed(['下雨天充电中断', '下雨天充电中断', ''], 'query')
  expect(first).toHaveLength(embedder.dimensions)
  expect(first).toEqual(second)
  expect(cosine(first!, first!)).toBeCloseTo(1, 5)
  expect(cosine(empty!, empty!)).toBeCloseTo(1, 5)
})

it('puts texts that share words nearer than texts that do not', async () => {
  const [complaint, near, far] = await createHashingEmbedder().embed(
    ['charging stops in damp weather', 'charging stops when it is damp', 'brake pedal feels soft'],
    'passage',
  )
  expect(cosine(complaint!, near!)).toBeGreaterThan(cosine(complaint!, far!) + 0.2)
})

it('rejects with the reason of a signal already aborted', async () => {
  const reason = new Error('the caller left')
  await expect(createHashingEmbedder().embed(['x'], 'query', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
})
