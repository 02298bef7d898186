import { createDraw } from '../../simulator/random.ts'
import { buildCar } from '../../simulator/vehicles.ts'
import { createWorld } from '../../simulator/world.ts'
import { createFleetGrid } from '../../src/analysis/early-warning/fleet-grid.ts'
import { scanFleet } from '../../src/analysis/early-warning/fleet-scan.ts'
import { createWarningStreams, type WarningStream } from '../../src/analysis/early-warning/warning-streams.ts'
import { createProjectionBuilder } from '../../src/analysis/projection.ts'
import type { ClassReport } from '../../src/domain/fleet.ts'
import { vehicleOf } from './warning-fleet.ts'

const seconds = (from: number, to: number): number => Number(((to - from) / 1000).toFixed(1))

/** Seconds for one scan of 300 streams over a million cars with the limits known, the count of the cars included; of this process and of the clock. */
export const measureSpeed = (vehicles = 1_000_000, count = 300) => {
  const draw = createDraw('speed')
  const world = createWorld(draw)
  const builder = createProjectionBuilder()
  const soldAt = new Float64Array(vehicles)
  for (let i = 0; i < vehicles; i++) {
    const car = buildCar(world, draw, i)
    soldAt[i] = car.soldAt ?? world.start
    builder.add(vehicleOf(car, i))
  }
  const projection = builder.build()
  const streams = createWarningStreams(reportsOf({ soldAt, cutOff: world.cutOff, components: world.components, count }), id => Number(id.slice(4)))
  const [started, cpuBefore] = [performance.now(), process.cpuUsage()]
  const grid = createFleetGrid({ projection, cutOff: world.cutOff / 60_000 })
  const counted = performance.now()
  const scanned = [...streams.values()].filter((stream: WarningStream) => stream.component !== null && stream.symptom !== null)
  scanFleet({ grid, streams, scanned, thresholds: () => ({ cohort: 11, fleet: 15 }) })
  const done = performance.now()
  const cpu = process.cpuUsage(cpuBefore)
  return {
    vehicles, streams: scanned.length, reports: [...streams.values()].reduce((sum, one) => sum + (one.symptom === null ? one.events.length : 0), 0),
    cells: grid.cells.length, countSeconds: seconds(started, counted), scanSeconds: seconds(counted, done), cpuSeconds: seconds(0, (cpu.user + cpu.system) / 1000),
    rssMiB: Math.round(process.memoryUsage().rss / 2 ** 20),
  }
}

/** About 300 reports a stream at random cars and times: content does not matter for the time. */
const reportsOf = (options: { soldAt: Float64Array; cutOff: number; components: readonly string[]; count: number }): ClassReport[] => {
  const { soldAt, cutOff, components, count } = options
  let state = 1
  const unit = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  return Array.from({ length: count * 300 }, (_, i): ClassReport => {
    const car = Math.floor(unit() * soldAt.length)
    const at = new Date(soldAt[car]! + unit() * (cutOff - soldAt[car]!)).toISOString()
    return {
      source: 'feedback', recordId: String(i), vehicleId: `car-${car}`, make: null, model: null, modelYear: null,
      component: components[i % components.length]!, symptom: `symptom-${Math.floor(i / components.length) % Math.round(count / components.length)}`,
      at, receivedAt: at, linkWeight: 1, repairResult: null,
    }
  })
}
