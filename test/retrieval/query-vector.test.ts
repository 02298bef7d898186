import { expect, it } from 'vitest'
import type { Embedder } from '../../src/llm/ports.ts'
import { createQueryVector } from '../../src/retrieval/query-vector.ts'

const embedderOf = (embed: Embedder['embed']): Embedder => ({ modelId: 'm', dimensions: 2, embed, close: () => Promise.resolve() })

it('asks for the vector of a query', async () => {
  const embedder = embedderOf((texts, role) => Promise.resolve(texts.map(text => Float32Array.from([text.length, Number(role === 'query')]))))
  expect(await createQueryVector(embedder, () => undefined)('abc', undefined)).toEqual({ modelId: 'm', embedding: Float32Array.from([3, 1]), labels: null })
})

it('brings along what the labeller heard', async () => {
  const embedder = { ...embedderOf(texts => Promise.resolve(texts.map(() => Float32Array.of(1, 0)))), labelsOf: (text: string) => Promise.resolve(Float32Array.of(text.length / 10)) }
  expect(await createQueryVector(embedder, () => undefined)('abc', undefined)).toMatchObject({ labels: Float32Array.of(0.3) })
})

it('goes without labels where only those are missing', async () => {
  const failures: unknown[] = []
  const embedder = { ...embedderOf(texts => Promise.resolve(texts.map(() => Float32Array.of(1, 0)))), labelsOf: () => Promise.reject(new Error('late')) }
  expect(await createQueryVector(embedder, error => failures.push(error))('abc', undefined)).toEqual({ modelId: 'm', embedding: Float32Array.of(1, 0), labels: null })
  expect(failures).toEqual([new Error('late')])
})

it('gives none where there is no embedder, nothing to read, or no answer', async () => {
  const failures: unknown[] = []
  const broken = createQueryVector(embedderOf(() => Promise.reject(new Error('gone'))), error => failures.push(error))
  expect(await createQueryVector(null, () => undefined)('abc', undefined)).toBeNull()
  expect(await broken(' ', undefined)).toBeNull()
  expect(failures).toEqual([])
  expect(await broken('abc', undefined)).toBeNull()
  expect(failures).toHaveLength(1)
})

it('hands on that the asker gave up', async () => {
  const broken = createQueryVector(embedderOf(() => Promise.reject(new Error('gone'))), () => undefined)
  await expect(broken('abc', AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop')
})
