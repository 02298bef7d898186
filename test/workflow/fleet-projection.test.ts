import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createProjectionBuilder, mergeProjection } from '../../src/analysis/projection.ts'
import type { FleetVehicle } from '../../src/domain/fleet.ts'
import type { FleetStore, FleetWatermark } from '../../src/graph/ports/fleet.ts'
import { createFleetProjection } from '../../src/workflow/fleet-projection.ts'
import { createProjectionFile } from '../../src/workflow/projection-file.ts'

const car = (id: string, plant = 'HF1'): FleetVehicle => ({
  id, make: null, model: 'ES8', modelYear: 2021, trim: null, plant, builtOn: '2021-03-01', soldOn: '2021-04-02', region: '华东', options: [], excluded: false,
  parts: [{ component: 'pump', partNo: 'P', lot: `L-${plant}`, supplier: null, condition: null, from: '2021-03-01', to: null }], software: [], serviceCenters: [],
})
const build = (rows: readonly FleetVehicle[]) => {
  const builder = createProjectionBuilder({ order: 'id' })
  rows.forEach(row => builder.add(row))
  return builder.build()
}

/** A graph that holds what it is told, each car with the time of its change, and counts the cars it is asked for. */
const createStoreDouble = (graph = 'db-1') => {
  const cars = new Map<string, { row: FleetVehicle; changedAt: number }>()
  const known: FleetVehicle[] = []
  const asked: (number | null)[] = []
  let [streamed, wait] = [0, Promise.resolve()]
  const store: FleetStore = {
    watermark: () => {
      const times = [...cars.values()].map(({ changedAt }) => changedAt)
      return Promise.resolve<FleetWatermark>({ graph, vehicles: cars.size, changedAt: Math.max(0, ...times), recent: [times.reduce((a, b) => a + b, 0)] })
    },
    async *streamVehicles(since) {
      asked.push(since)
      await wait
      for (const { row, changedAt } of [...cars.values()]) {
        // As the port says: those stamped shortly before come too.
        if (changedAt < (since ?? 0) - 60) continue
        streamed++
        yield row
      }
    },
    vehiclesAsKnown: () => Promise.resolve(known),
    classReports: () => Promise.resolve([]),
    // eslint-disable-next-line @typescript-eslint/require-await
    async *streamReports() {
      yield* []
    },
  }
  return {
    store, known, asked,
    put: (row: FleetVehicle, changedAt: number) => void cars.set(row.id, { row, changedAt }),
    remove: (id: string) => void cars.delete(id),
    hold: (gate: Promise<void>) => void (wait = gate),
    get streamed() {
      return streamed
    },
  }
}

const createLog = () => {
  const lines: string[] = []
  const write = (_: object, message: string): void => void lines.push(message)
  return { lines, info: () => {}, warn: write }
}

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fishbone-fleet-'))
  path = join(folder, 'analysis', 'projection.bin')
})
afterEach(() => rm(folder, { recursive: true }))

const open = (graph: ReturnType<typeof createStoreDouble>, log = createLog()) =>
  ({ fleet: createFleetProjection({ fleetStore: graph.store, file: createProjectionFile({ path, log }), log }), log })

const filled = (count: number) => {
  const graph = createStoreDouble()
  for (let i = 0; i < count; i++) graph.put(car(`v${String(i).padStart(3, '0')}`), 1_000)
  return graph
}

describe('the fleet in memory', () => {
  it('is read once for callers of one time, and kept while nothing changes', async () => {
    const graph = filled(3)
    const { fleet } = open(graph)
    const [a, b] = await Promise.all([fleet.current(), fleet.current()])
    const c = await fleet.current()
    expect(a.projection).toBe(b.projection)
    expect(c.projection).toBe(a.projection)
    expect(graph.asked).toEqual([null])
    expect(a.projection).toEqual(build([0, 1, 2].map(i => car(`v00${i}`))))
    expect([fleet.indexOf('v002'), fleet.indexOf('nobody')]).toEqual([2, undefined])
  })

  it('reads only what changed', async () => {
    const graph = filled(3)
    const { fleet } = open(graph)
    const { projection } = await fleet.current()
    graph.put(car('v001', 'HF9'), 2_000)
    graph.put(car('a'), 2_001)
    expect((await fleet.current()).projection).toEqual(mergeProjection(projection, [car('v001', 'HF9'), car('a')]))
    expect(graph.asked).toEqual([null, 1_000])
  })

  it('sees a change that was stamped before the newest and committed after it', async () => {
    const graph = filled(3)
    const { fleet } = open(graph)
    await fleet.current()
    graph.put(car('late'), 990)
    expect((await fleet.current()).projection.ids).toEqual(['late', 'v000', 'v001', 'v002'])
  })

  it('is read again when cars are gone, though as many came', async () => {
    const graph = filled(3)
    const { fleet } = open(graph)
    await fleet.current()
    graph.remove('v001')
    graph.put(car('w'), 3_000)
    expect((await fleet.current()).projection).toEqual(build([car('v000'), car('v002'), car('w')]))
    expect(graph.asked).toEqual([null, 1_000, null])
  })

  it('lets one caller leave while another waits, and stops when nobody does', async () => {
    const graph = filled(1_000)
    let openGate = (): void => {}
    graph.hold(new Promise(resolve => (openGate = resolve)))
    const { fleet } = open(graph)
    const leaving = new AbortController()
    const left = fleet.current({ signal: leaving.signal })
    const progress: number[] = []
    const stays = fleet.current({ onProgress: ({ done }) => progress.push(done) })
    leaving.abort(new Error('left'))
    await expect(left).rejects.toThrow('left')
    openGate()
    expect((await stays).projection.ids).toHaveLength(1_000)
    expect(progress).toEqual([1_000])
    graph.put(car('x'), 2_000)
    const alone = new AbortController()
    const stopped = fleet.current({ signal: alone.signal })
    alone.abort(new Error('enough'))
    await expect(stopped).rejects.toThrow('enough')
    expect((await fleet.current()).projection.ids).toHaveLength(1_001)
  })
})

describe('the fleet as known', () => {
  it('takes late records out, under the same indexes', async () => {
    const graph = filled(3)
    const { fleet } = open(graph)
    const { projection } = await fleet.current()
    expect(await fleet.asKnown('2022-01-01')).toBe(projection)
    graph.known.push(car('v001', 'HF0'), car('unheard of'))
    const known = await fleet.asKnown('2022-01-01')
    expect(known).toEqual(build([car('v000'), car('v001', 'HF0'), car('v002')]))
    expect(await fleet.asKnown('2022-01-01')).toBe(known)
    expect((await fleet.current()).projection).toBe(projection)
  })
})

describe('the saved fleet', () => {
  it('comes back as it was, and only what changed since is read', async () => {
    const graph = filled(3)
    const { projection } = await open(graph).fleet.current()
    graph.put(car('v001', 'HF9'), 2_000)
    const { fleet, log } = open(graph)
    expect((await fleet.current()).projection).toEqual(mergeProjection(projection, [car('v001', 'HF9')]))
    expect(graph.asked).toEqual([null, 1_000])
    expect(log.lines).toEqual([])
    expect((await fleet.current()).projection.soldAt.buffer).toBeInstanceOf(SharedArrayBuffer)
  })

  it('may be read by its owner only, and leaves no draft', async () => {
    await open(filled(1)).fleet.current()
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readdir(join(folder, 'analysis'))).toEqual(['projection.bin'])
  })

  it.each([
    ['a flipped bit', (bytes: Buffer) => bytes.fill(bytes[200]! ^ 1, 200, 201)],
    ['a missing end', (bytes: Buffer) => bytes.subarray(0, -9)],
    ['nothing in it', () => Buffer.alloc(0)],
    ['something else', () => Buffer.from('not a projection, but longer than any checksum there is')],
  ])('is read from the graph again after %s, with one line', async (_, damage) => {
    const graph = filled(2)
    await open(graph).fleet.current()
    await writeFile(path, damage(await readFile(path)))
    const { fleet, log } = open(graph)
    expect((await fleet.current()).projection.ids).toEqual(['v000', 'v001'])
    expect(graph.asked).toEqual([null, null])
    expect(log.lines).toHaveLength(1)
    await open(graph).fleet.current()
    expect(graph.asked).toHaveLength(2)
  })

  it('of another format or another graph is not used', async () => {
    const graph = filled(2)
    await open(graph).fleet.current()
    const other = createStoreDouble('db-2')
    other.put(car('z'), 5_000)
    expect((await open(other).fleet.current()).projection.ids).toEqual(['z'])
    expect(other.asked).toEqual([null])
    const { createHash } = await import('node:crypto')
    const body = (await readFile(path)).subarray(0, -32)
    body.writeUInt32LE(99, 4)
    await writeFile(path, Buffer.concat([body, createHash('sha256').update(body).digest()]))
    const { fleet, log } = open(other)
    await fleet.current()
    expect(other.asked).toEqual([null, null])
    expect(log.lines).toHaveLength(1)
  })

  it('does without a file that cannot be written', async () => {
    await writeFile(join(folder, 'analysis'), 'a file where the folder should be')
    const { fleet, log } = open(filled(2))
    expect((await fleet.current()).projection.ids).toHaveLength(2)
    expect(log.lines).toEqual(['the saved fleet cannot be read; the graph is', 'the fleet is not saved; the next start reads it from the graph'])
  })
})
