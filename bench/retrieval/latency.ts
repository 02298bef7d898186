import { createSearchCases } from '../../src/retrieval/index.ts'
import { percentile } from '../../src/retrieval/metrics.ts'
import type { Case } from '../../src/domain/case.ts'
import type { Product } from './product.ts'

const batch = 500

/** Vectors near real ones: a real case's vector with noise, so that neighbours are as dense as in a real collection. */
function perturbed(vector: Float32Array, random: () => number): Float32Array {
  const noisy = vector.map(value => value + (random() - 0.5) * 0.06)
  const norm = Math.hypot(...noisy)
  return noisy.map(value => value / norm)
}

async function loadCases(product: Product, cases: readonly Case[], vectors: readonly Float32Array[], random: () => number): Promise<void> {
  for (let from = 0; from < cases.length; from += batch) {
    const chunk = cases.slice(from, from + batch)
    await product.ingest.ingestBatch('cases', chunk.map(record => ({ record, flags: [] })))
    for (;;) {
      const pending = await product.vectorStore.unembeddedCases(batch)
      if (pending.length === 0) break
      const rows = pending.map(({ id, textSha256 }) => ({ id, textSha256, embedding: perturbed(vectors[Math.floor(random() * vectors.length)]!, random) }))
      await product.vectorStore.write('Case', rows, product.embedder.modelId)
    }
  }
}

const summary = (ms: readonly number[]) => ({ calls: ms.length, p50: percentile(ms, 0.5), p95: percentile(ms, 0.95), max: Math.max(...ms) })

/** Speed of `searchCases` with many cases, one search after the other: with the query's vector cached, and with the model asked each time. */
export async function measureLatency(
  product: Product,
  { cases, vectors, texts, random }: { cases: readonly Case[]; vectors: readonly Float32Array[]; texts: readonly string[]; random: () => number },
) {
  await loadCases(product, cases, vectors, random)
  const open = (embedder: typeof product.embedder, exactLimit?: number) => createSearchCases({
    caseStore: product.caseStore, embedder, linker: product.linker, glossary: product.vocabulary, redact: product.redact, words: product.words, ...(exactLimit !== undefined && { exactLimit }),
  })
  const cached = open(product.embedder)
  const startedAt = performance.now()
  await cached.warmUp()
  const warmUpMs = performance.now() - startedAt
  const run = async (search: typeof cached, some: readonly string[]) => {
    const total: number[] = []
    const cpu: number[] = []
    const steps: Record<string, number[]> = {}
    for (const text of some) {
      const before = process.cpuUsage()
      const { timings } = await search({ text, limit: 10 })
      const used = process.cpuUsage(before)
      cpu.push((used.user + used.system) / 1_000)
      for (const [step, ms] of Object.entries(timings)) (steps[step] ??= []).push(ms)
      total.push(timings.total!)
    }
    // Processor time of this process tells what the search costs where a busy machine stretches the clock.
    return { total: summary(total), cpuMs: summary(cpu), steps: Object.fromEntries(Object.entries(steps).map(([step, ms]) => [step, { p50: percentile(ms, 0.5), p95: percentile(ms, 0.95) }])) }
  }
  await run(cached, texts.slice(0, 20))
  const indexes = open(product.embedder, 0)
  await indexes.warmUp()
  await run(indexes, texts.slice(0, 10))
  return {
    cases: cases.length, warmUpMs,
    vectorCached: await run(cached, texts),
    vectorByModel: await run(open(product.model), texts.slice(0, 40)),
    candidatesFromIndexes: await run(indexes, texts.slice(0, 60)),
    memoryMb: { rss: process.memoryUsage().rss / 2 ** 20, heapUsed: process.memoryUsage().heapUsed / 2 ** 20, arrayBuffers: process.memoryUsage().arrayBuffers / 2 ** 20 },
  }
}
