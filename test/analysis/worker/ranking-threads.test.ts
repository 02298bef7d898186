import { afterAll, describe, expect, it } from 'vitest'
import type { Report } from '../../../src/analysis/class-events.ts'
import { createProjectionBuilder } from '../../../src/analysis/projection.ts'
import { rankTask } from '../../../src/analysis/worker/ranking-task.ts'
import { createRankingThreads } from '../../../src/analysis/worker/ranking-threads.ts'

/** Sixty cars of two plants, sold on one day; the twelve reports are all of the smaller plant's cars. */
const builder = createProjectionBuilder()
for (let i = 0; i < 60; i++)
  builder.add({
    id: `car-${i}`, make: null, model: 'ES8', modelYear: 2022, trim: null, plant: i < 20 ? 'HF2' : 'HF1', builtOn: '2022-03-08', soldOn: '2022-04-01', region: null, options: [],
    excluded: false, parts: [], software: [], serviceCenters: [],
  })
const at = Date.UTC(2022, 5, 1) / 60_000
const reports = Array.from({ length: 12 }, (_, i): Report => ({ vehicle: i, at: at + i * 1_440, receivedAt: at + i * 1_440, linkWeight: 1, repairResult: null }))
const task = { projection: builder.build(), mask: new Uint8Array(60).fill(1), cutOff: Date.UTC(2022, 11, 1) / 60_000, lagCdf: [0.5, 1], reports, seed: 7, maxCandidates: 5, replicates: 60 }

describe('rankings in threads', () => {
  const threads = createRankingThreads({ threads: 1, onFallback: reason => expect.unreachable(String(reason)) })
  afterAll(() => threads.close())

  it('give what the same thread gives, and tell how far they are', async () => {
    const told: [number, number][] = []
    const ranked = await threads.rank(task, { onProgress: (done, total) => void told.push([done, total]) })
    expect(ranked).toEqual(rankTask(task, {}))
    expect(ranked.candidates[0]?.factors).toEqual([{ dimension: 'plant', level: 'HF2', component: null }])
    expect(told.length).toBeGreaterThan(0)
    expect(told.at(-1)?.[1]).toBe(60)
  })

  it('stop when nobody wants the answer any more, and go on with the next', async () => {
    const controller = new AbortController()
    const stopped = threads.rank({ ...task, replicates: 1_000_000 }, { signal: controller.signal, onProgress: () => controller.abort() })
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' })
    expect(await threads.rank(task)).toMatchObject({ claims: 12 })
    await expect(threads.rank(task, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('tell what goes wrong inside', async () => {
    await expect(threads.rank({ ...task, projection: { ...task.projection, soldAt: undefined as never } })).rejects.toThrow()
  })
})
