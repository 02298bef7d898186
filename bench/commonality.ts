/**
 * Quality of the commonality analysis on simulated fleets whose truth is known, beside naive lift, Fisher's test and an oracle.
 *   npx tsx bench/commonality.ts --run FILE [--from 101] [--fleets 20] [--vehicles 8000] [--class given|linked]     appends one line a stream
 *   npx tsx bench/commonality.ts --report FILE… [--out bench/results/…json]                                          tables with 95 % intervals
 */
import { appendFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createLagWeight } from '../src/analysis/exposure.ts'
import { createProjectionBuilder, toMinute } from '../src/analysis/projection.ts'
import { rankCauses } from '../src/analysis/rank-causes.ts'
import { createLinker, createVocabulary } from '../src/vocabulary/index.ts'
import { readVocabularyFiles } from '../src/vocabulary-files.ts'
import { createFleet, type Fleet } from '../simulator/fleet.ts'
import { backgroundHazard } from '../simulator/streams.ts'
import { monthMs } from '../simulator/world.ts'
import { givenReports, linkedReports } from './commonality/class-reports.ts'
import { vehiclesOf } from './commonality/fleet-in-memory.ts'
import { causesOf, judge, rankOfLevels, spell } from './commonality/judge.ts'
import { report } from './commonality/report.ts'
import { fisher, naiveLift, oracle } from './commonality/yardsticks.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    run: { type: 'string' }, report: { type: 'boolean' }, out: { type: 'string' }, from: { type: 'string', default: '101' }, fleets: { type: 'string', default: '20' },
    vehicles: { type: 'string', default: '8000' }, class: { type: 'string', default: 'given' }, yardsticks: { type: 'boolean', default: false },
  },
})

const createLinking = () => {
  const vocabulary = createVocabulary(readVocabularyFiles())
  const linker = createLinker(vocabulary)
  const kept = new Map<string, ReturnType<typeof linker.link>>()
  const keys = [...vocabulary.components.keys(), ...vocabulary.symptoms.keys()]
  return {
    link: (text: string) => kept.get(text) ?? (kept.set(text, linker.link(text)), kept.get(text)!),
    descendantsOf: (root: string) => new Set(keys.filter(key => vocabulary.isWithin(key, root))),
  }
}

/** Running integral of each car's true background hazard of one stream, in months, read off by straight lines. */
const trueMassOf = (fleet: Fleet, streamIndex: number) => {
  const stream = fleet.streams[streamIndex]!
  const sums = fleet.cars.map(car => {
    if (car.soldAt === null) return null
    const steps = [0]
    for (let at = car.soldAt; at < fleet.world.cutOff; at += monthMs) steps.push(steps.at(-1)! + backgroundHazard(stream, car, at + monthMs / 2))
    return Float64Array.from(steps)
  })
  return (vehicle: number, from: number, to: number): number => {
    const own = sums[vehicle]
    const sold = fleet.cars[vehicle]!.soldAt
    if (!own || sold === null) return 0
    const at = (minute: number): number => {
      const x = Math.max(0, Math.min(own.length - 1, (minute * 60_000 - sold) / monthMs))
      const low = Math.min(own.length - 2, Math.floor(x))
      return low < 0 ? 0 : own[low]! + (own[low + 1]! - own[low]!) * (x - low)
    }
    return at(to) - at(from)
  }
}

const runFleet = (seed: number, vehicles: number, mode: string, file: string, linking: ReturnType<typeof createLinking> | null): void => {
  const fleet = createFleet({ seed, vehicles })
  const rows = vehiclesOf(fleet.records)
  const builder = createProjectionBuilder()
  rows.forEach(row => builder.add(row))
  const projection = builder.build()
  const index = new Map(rows.map((row, i) => [row.id, i]))
  const cutOff = toMinute(`${fleet.truth.cutOff}T23:59:59Z`, 0) + 1
  const population = { projection, mask: new Uint8Array(vehicles).fill(1), cutOff, lag: createLagWeight(cutOff, null) }
  const { streams } = fleet.truth
  const reports = linking === null ? givenReports(fleet.records, streams, index) : linkedReports({ records: fleet.records, streams, index, ...linking })
  streams.forEach((truth, i) => {
    const start = process.cpuUsage()
    const answer = rankCauses({ population, reports: reports[i]!, seed: 42 })
    const cpu = process.cpuUsage(start)
    const causes = causesOf(truth, fleet.streams[i]!.mechanism)
    const leader = answer.candidates[0]
    const others = values.yardsticks && causes.length > 0
      ? [naiveLift(population, reports[i]!), fisher(population, reports[i]!), oracle(population, reports[i]!, trueMassOf(fleet, i))]
      : []
    appendFileSync(file, `${JSON.stringify({
      seed, vehicles, mode, stream: `${truth.component}/${truth.symptom}`, family: truth.family, heldOut: truth.heldOut, nats: truth.evidenceNats, rateRatio: truth.rateRatio,
      truth: causes.map(([plainest]) => spell(plainest!)), claims: answer.claims, verdict: answer.verdict, reason: answer.reason, margin: answer.margin,
      p: leader?.statistics.pValue ?? 1, leader: leader ? spell(leader.factors) : null, score: leader?.statistics.score ?? null,
      judged: causes.map(answers => judge(answer, answers)),
      others: Object.fromEntries(others.map(one => [one.name, causes.map(([factors]) => rankOfLevels(one.ranked, projection, factors!))])),
      software: leader?.software ?? null, cpuMs: Math.round((cpu.user + cpu.system) / 1000),
    })}\n`)
  })
}

if (values.report) report(positionals, values.out ?? null)
else if (values.run !== undefined) {
  const linking = values.class === 'linked' ? createLinking() : null
  for (let seed = Number(values.from); seed < Number(values.from) + Number(values.fleets); seed++) {
    runFleet(seed, Number(values.vehicles), values.class, values.run, linking)
    process.stderr.write(`fleet ${seed}\n`)
  }
} else {
  process.stderr.write('Say --run FILE or --report FILE…; the head of bench/commonality.ts tells more.\n')
  process.exitCode = 2
}
