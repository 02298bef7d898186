import { createWarningFleet } from '../../simulator/warning-streams.ts'
import { createFleetGrid } from '../../src/analysis/early-warning/fleet-grid.ts'
import { scanFleet } from '../../src/analysis/early-warning/fleet-scan.ts'
import { createWarningStreams, type WarningStream } from '../../src/analysis/early-warning/warning-streams.ts'
import type { ClassReport } from '../../src/domain/fleet.ts'
import { projectionOf } from './warning-fleet.ts'

/** Seconds for one scan of 300 streams over a million cars with the limits known, the count of the cars included. */
export const measureSpeed = (vehicles = 1_000_000, count = 300) => {
  const fleet = createWarningFleet({ seed: 77, vehicles, defects: 0, surges: 0, nulls: 0 })
  const projection = projectionOf(fleet)
  const cutOff = fleet.world.cutOff / 60_000
  const streams = createWarningStreams(reportsOf(fleet, count), id => Number(id.slice(4)))
  const started = performance.now()
  const grid = createFleetGrid({ projection, cutOff })
  const counted = performance.now()
  const scanned = [...streams.values()].filter((stream: WarningStream) => stream.component !== null && stream.symptom !== null)
  scanFleet({ grid, streams, scanned, thresholds: () => ({ cohort: 11, fleet: 11 }) })
  const done = performance.now()
  return {
    vehicles, streams: scanned.length, reports: [...streams.values()].reduce((sum, one) => sum + (one.symptom === null ? one.events.length : 0), 0),
    cells: grid.cells.length, countSeconds: Number(((counted - started) / 1000).toFixed(1)), scanSeconds: Number(((done - counted) / 1000).toFixed(1)),
    rssMiB: Math.round(process.memoryUsage().rss / 2 ** 20),
  }
}

/** About 300 reports a stream at random cars and times: content does not matter for the time. */
const reportsOf = (fleet: ReturnType<typeof createWarningFleet>, count: number): ClassReport[] => {
  let state = 1
  const unit = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  return Array.from({ length: count * 300 }, (_, i): ClassReport => {
    const car = Math.floor(unit() * fleet.cars.length)
    const soldAt = fleet.cars[car]!.soldAt ?? fleet.world.start
    const at = soldAt + unit() * (fleet.world.cutOff - soldAt)
    return {
      source: 'feedback', recordId: String(i), vehicleId: `car-${car}`, make: null, model: null, modelYear: null,
      component: fleet.world.components[i % 20]!, symptom: `symptom-${Math.floor(i / 20) % (count / 20)}`,
      at: new Date(at).toISOString(), receivedAt: new Date(at).toISOString(), linkWeight: 1, repairResult: null,
    }
  })
}
