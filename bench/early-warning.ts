/**
 * Early warning on simulated fleets: `npx tsx bench/early-warning.ts [--fleets 20] [--vehicles 30000] [--seed 1] [--skip-speed | --speed-only]`.
 *
 * Each fleet has streams with a defect of 5 % in about 670 cars, streams with a press surge, and null streams. Every stream is judged at the
 * end of every week with what was reported by then. Limits come from another fleet (seeds from 9001), never from those reported.
 * Writes `bench/results/early-warning-<commit>.json`.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { createWarningFleet } from '../simulator/warning-streams.ts'
import { createFleetGrid } from '../src/analysis/early-warning/fleet-grid.ts'
import { createThresholdSource } from '../src/analysis/early-warning/fleet-scan.ts'
import { gridEventsOf } from '../src/analysis/early-warning/grid-events.ts'
import { createStreamJudge } from '../src/analysis/early-warning/stream-state.ts'
import { createRandom } from '../src/analysis/random.ts'
import { methods, watchStream, type Watched } from './early-warning/watch-stream.ts'
import { summarise } from './early-warning/summarise.ts'
import { measureSpeed } from './early-warning/measure-speed.ts'
import { projectionOf, streamsOf } from './early-warning/warning-fleet.ts'

const { values } = parseArgs({
  options: {
    fleets: { type: 'string', default: '20' }, vehicles: { type: 'string', default: '30000' }, seed: { type: 'string', default: '1' },
    'skip-speed': { type: 'boolean', default: false }, 'speed-only': { type: 'boolean', default: false },
  },
})

const noMask = () => new Set<number>()

/** Limits of the product, from a fleet that is not reported. */
const calibrate = (vehicles: number) => {
  const fleet = createWarningFleet({ seed: 9_001, vehicles, defects: 0, surges: 0, nulls: 20 })
  const projection = projectionOf(fleet)
  const grid = createFleetGrid({ projection, cutOff: fleet.world.cutOff / 60_000 })
  const events = new Map([...streamsOf(fleet)].map(([key, stream]) => [key, gridEventsOf(grid, stream).events]))
  const course = createStreamJudge({ grid, events, week: grid.weeks - 1, masked: noMask }).reportedByAge()
  return { course, source: createThresholdSource({ projection, course, seed: 9_001 }) }
}

const watchFleet = (seed: number, vehicles: number, limits: ReturnType<typeof calibrate>): Watched[] => {
  const fleet = createWarningFleet({ seed, vehicles, defects: 10, surges: 2, nulls: 16 })
  const grid = createFleetGrid({ projection: projectionOf(fleet), cutOff: fleet.world.cutOff / 60_000 })
  const streams = streamsOf(fleet)
  const events = new Map([...streams].map(([key, stream]) => [key, gridEventsOf(grid, stream).events]))
  const judges = Array.from({ length: grid.weeks }, (_, week) => createStreamJudge({ grid, events, week, masked: noMask }))
  return fleet.truth.map(truth =>
    watchStream({ grid, truth, events: events.get(`${truth.component}/${truth.symptom}`) ?? [], judges, limits, random: createRandom(seed * 1_000) }))
}

const write = (name: string, result: object): void => {
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version }
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  mkdirSync('bench/results', { recursive: true })
  writeFileSync(`bench/results/${name}-${commit}.json`, `${JSON.stringify({ machine, ...result }, null, 2)}\n`)
  console.log(JSON.stringify(result, null, 2))
}

const main = (): void => {
  if (values['speed-only']) return write('early-warning-speed', { speed: measureSpeed() })
  const [fleets, vehicles, seed] = [Number(values.fleets), Number(values.vehicles), Number(values.seed)]
  const limits = calibrate(vehicles)
  const watched: Watched[] = []
  for (let i = 0; i < fleets; i++) {
    watched.push(...watchFleet(seed + i, vehicles, limits))
    console.error(`fleet ${i + 1} of ${fleets}, ${Math.round(performance.now() / 1000)} s`)
  }
  write('early-warning', {
    design: { falseAlarmsPerStreamYear: 1 / 24, fleets, vehicles, seeds: [seed, seed + fleets - 1], calibrationSeed: 9_001 },
    methods: Object.fromEntries(methods.map(method => [method, summarise(watched, method)])),
    speed: values['skip-speed'] ? null : measureSpeed(),
  })
}

main()
