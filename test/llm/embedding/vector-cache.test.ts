import { expect, it } from 'vitest'
import { createVectorCache } from '../../../src/llm/embedding/vector-cache.ts'

it('forgets the text not asked for the longest', () => {
  const cache = createVectorCache(2)
  cache.set('a', Float32Array.of(1))
  cache.set('b', Float32Array.of(2))
  cache.get('a')
  cache.set('c', Float32Array.of(3))
  expect([cache.get('a')?.[0], cache.get('b'), cache.get('c')?.[0]]).toEqual([1, undefined, 3])
})

it('is not changed by what a caller does to a vector', () => {
  const cache = createVectorCache(2)
  const vector = Float32Array.of(1)
  cache.set('a', vector)
  vector[0] = 9
  cache.get('a')?.fill(9)
  expect(cache.get('a')?.[0]).toBe(1)
})
