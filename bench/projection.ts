// The fleet in columns: `npx tsx bench/projection.ts [--cars 1000000] [--parts 20] [--neo4j-dir DIR --stream N]`.
// Cars are generated row by row and laid out in this process: peak memory, cars a second, bytes of the file, time to load it. With --neo4j-dir a
// fleet of N cars is imported into an embedded database of its own in DIR, WHICH IS EMPTIED, and streamed from it twice.
// Results go to bench/results/projection-<commit>.json with --write.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { decodeProjection, encodeProjection } from '../src/analysis/projection-file.ts'
import { createProjectionBuilder, mergeProjection, type Projection } from '../src/analysis/projection.ts'
import { projectRoot } from '../src/project-root.ts'
import { createProjectionFile } from '../src/workflow/projection-file.ts'
import { generateCars } from './projection/generated-cars.ts'
import { measureStreaming } from './projection/streamed-cars.ts'

const { values } = parseArgs({
  options: {
    cars: { type: 'string', default: '1000000' }, parts: { type: 'string', default: '20' }, 'neo4j-dir': { type: 'string' }, stream: { type: 'string', default: '20000' },
    write: { type: 'boolean', default: false },
  },
})
const [cars, parts] = [Number(values.cars), Number(values.parts)]
const mebibytes = (bytes: number): number => Math.round(bytes / 2 ** 20)
const peakMiB = (): number => Math.round(process.resourceUsage().maxRSS / 1024)
const round = (value: number, digits = 2): number => Number(value.toFixed(digits))

async function timed<T>(work: () => T | Promise<T>): Promise<{ result: T; seconds: number; cpuSeconds: number }> {
  const [startedAt, cpuAt] = [performance.now(), process.cpuUsage()]
  const result = await work()
  const used = process.cpuUsage(cpuAt)
  return { result, seconds: round((performance.now() - startedAt) / 1_000), cpuSeconds: round((used.user + used.system) / 1e6) }
}

const bytesOf = (projection: Projection): number =>
  [...Object.values(projection)].reduce<number>((sum, column) => sum + (ArrayBuffer.isView(column) ? column.byteLength : 0), 0)

async function measureColumns() {
  const generated = await timed(() => {
    let rows = 0
    for (const _ of generateCars({ cars: Math.min(cars, 50_000), parts })) rows++
    return rows
  })
  const builder = createProjectionBuilder({ order: 'id' })
  const staged = await timed(() => {
    for (const row of generateCars({ cars, parts })) builder.add(row)
  })
  const laidOut = await timed(() => builder.build())
  const projection = laidOut.result
  const generating = (generated.cpuSeconds / generated.result) * cars
  return {
    projection,
    figures: {
      cars, parts, entries: projection.entryBundle.length, levels: projection.levels.length, bundles: projection.bundleOffsets.length - 1,
      columnsMiB: mebibytes(bytesOf(projection)), peakRssMiB: peakMiB(),
      cpuSeconds: { generating: round(generating), staging: round(staged.cpuSeconds - generating), layingOut: laidOut.cpuSeconds },
      carsPerCpuSecond: Math.round(cars / (staged.cpuSeconds - generating + laidOut.cpuSeconds)),
      seconds: { stagingAndGenerating: staged.seconds, layingOut: laidOut.seconds },
    },
  }
}

async function measureFile(projection: Projection) {
  const folder = mkdtempSync(join(tmpdir(), 'fishbone-bench-projection-'))
  try {
    const path = join(folder, 'projection.bin')
    const file = createProjectionFile({ path, log: { warn: (_, message) => console.error(message) } })
    const written = await timed(() => file.write(encodeProjection(projection, {})))
    const fileMiB = mebibytes(statSync(path).size)
    const loaded = await timed(async () => decodeProjection((await file.read())!)!)
    return { fileMiB, writeSeconds: written.seconds, loadSeconds: loaded.seconds, loadCpuSeconds: loaded.cpuSeconds, isSame: loaded.result.projection.ids.length === cars }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function measureMerge(projection: Projection) {
  const changed = [...generateCars({ cars: 1_000, parts, seed: 2 })]
  const merged = await timed(() => mergeProjection(projection, changed))
  return { changedCars: 1_000, seconds: merged.seconds, cpuSeconds: merged.cpuSeconds, peakRssMiB: peakMiB() }
}

const loadBefore = loadavg()[0]
const { projection, figures } = await measureColumns()
const result = {
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: projectRoot, encoding: 'utf8' }).trim(),
  measuredAt: new Date().toISOString(),
  columns: figures,
  // Before the file is loaded: the peak is that of an old and a new fleet, not of three.
  merge: await measureMerge(projection),
  file: await measureFile(projection),
  streamed: values['neo4j-dir'] ? await measureStreaming(values['neo4j-dir'], Number(values.stream)) : null,
  machine: { cpus: cpus().length, model: cpus()[0]?.model, memoryGiB: Math.round(totalmem() / 2 ** 30), node: process.version, loadBefore, loadAfter: loadavg()[0] },
}
console.log(JSON.stringify(result, null, 2))
if (values.write) writeFileSync(join(projectRoot, 'bench', 'results', `projection-${result.commit}.json`), `${JSON.stringify(result, null, 2)}\n`)
