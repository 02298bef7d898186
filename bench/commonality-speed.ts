/**
 * Time and memory of one commonality analysis: `npx tsx bench/commonality-speed.ts [--cars 30000,1000000] [--claims 60] [--runs 5]`.
 *
 * Generated cars (20 parts, software, options), 60 claims of which a third are on one lot; windows, pairs and 999 replicates as the product runs
 * them. The yardstick in the same run is Fisher's test of every level, which a spreadsheet would do. Writes bench/results/commonality-speed-<commit>.json.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import type { Report } from '../src/analysis/class-events.ts'
import { createLagWeight } from '../src/analysis/exposure.ts'
import { createProjectionBuilder, never, type Projection } from '../src/analysis/projection.ts'
import { rankCauses } from '../src/analysis/rank-causes.ts'
import { createRandom } from '../src/analysis/random.ts'
import { fisher } from './commonality/yardsticks.ts'
import { generateCars } from './projection/generated-cars.ts'

const { values } = parseArgs({ options: { cars: { type: 'string', default: '30000,1000000' }, claims: { type: 'string', default: '60' }, runs: { type: 'string', default: '5' } } })

const claimsOf = (projection: Projection, claims: number, cutOff: number): Report[] => {
  const random = createRandom(7)
  const lot = projection.levels.findIndex(one => one.dimension === 'lot' && one.known)
  const bad = [...projection.levelBundles[lot]!].flatMap(bundle =>
    [...projection.bundleEntries.subarray(projection.bundleEntryOffsets[bundle], projection.bundleEntryOffsets[bundle + 1])].map(entry => projection.entryVehicle[entry]!))
  const reports: Report[] = []
  while (reports.length < claims) {
    const vehicle = reports.length % 3 === 0 ? bad[Math.floor(random() * bad.length)]! : Math.floor(random() * projection.ids.length)
    const sold = projection.soldAt[vehicle]!
    if (sold === never || sold >= cutOff) continue
    const at = Math.floor(sold + random() * (cutOff - sold))
    reports.push({ vehicle, at, receivedAt: at, linkWeight: 1, repairResult: null })
  }
  return reports
}

const median = (sorted: number[]): number => sorted[Math.floor(sorted.length / 2)]!

const timed = (work: () => void): { seconds: number; cpuSeconds: number } => {
  const [start, cpu] = [performance.now(), process.cpuUsage()]
  work()
  const used = process.cpuUsage(cpu)
  return { seconds: (performance.now() - start) / 1_000, cpuSeconds: (used.user + used.system) / 1e6 }
}

const measure = (cars: number) => {
  const builder = createProjectionBuilder()
  for (const row of generateCars({ cars, parts: 20 })) builder.add(row)
  const projection = builder.build()
  const cutOff = projection.soldAt.reduce((latest, at) => (at !== never && at > latest ? at : latest), 0) + 60 * 1_440
  const population = { projection, mask: new Uint8Array(cars).fill(1), cutOff, lag: createLagWeight(cutOff, null) }
  const reports = claimsOf(projection, Number(values.claims), cutOff)
  const runs = Array.from({ length: Number(values.runs) }, () => timed(() => rankCauses({ population, reports, seed: 42 })))
  const yardstick = timed(() => fisher(population, reports))
  const spread = (key: 'seconds' | 'cpuSeconds'): Record<string, number> => {
    const sorted = runs.map(run => run[key]).sort((a, b) => a - b)
    return { least: sorted[0]!, median: median(sorted), most: sorted.at(-1)! }
  }
  return { cars, levels: projection.levels.length, entries: projection.entryBundle.length, seconds: spread('seconds'), cpuSeconds: spread('cpuSeconds'), fisherSeconds: yardstick.seconds, peakRssMiB: Math.round(process.resourceUsage().maxRSS / 1024) }
}

const result = {
  what: 'one analysis with pairs, windows and 999 replicates; the first run warms up and is counted',
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
  machine: { cores: cpus().length, model: cpus()[0]?.model, load: loadavg()[0], node: process.version },
  sizes: values.cars.split(',').map(Number).map(measure),
}
writeFileSync(`bench/results/commonality-speed-${result.commit}.json`, `${JSON.stringify(result, null, 1)}\n`)
process.stdout.write(`${JSON.stringify(result, null, 1)}\n`)
