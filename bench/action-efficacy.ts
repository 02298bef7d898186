/**
 * Action efficacy on simulated actions: `npx tsx bench/action-efficacy.ts [--actions 200] [--vehicles 3000] [--seed 1] [--rule part-removed]`.
 *
 * Each action treats cars of a simulated fleet whose failures follow age, season, model and mileage, of which the engine knows only some. The rate
 * after is ψ times the rate before; the day of the action follows the cohort's worst weeks, so that regression to the mean is planted, and `chance`
 * is a cohort of ten that was never worse and was chosen for its events. Writes `bench/results/action-efficacy-<commit>.json`.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { createDraw } from '../simulator/random.ts'
import { buildCar } from '../simulator/vehicles.ts'
import { createWorld } from '../simulator/world.ts'
import { clopperPearson } from '../src/analysis/exact-intervals.ts'
import { isNaivelyEffective, judgeSimulated } from './action-efficacy/judge-simulated.ts'
import { rules, settings, simulateAction, type Rule, type Setting } from './action-efficacy/simulated-action.ts'

const { values } = parseArgs({
  options: { actions: { type: 'string', default: '200' }, vehicles: { type: 'string', default: '3000' }, seed: { type: 'string', default: '1' }, rule: { type: 'string' } },
})
const actionsPerFleet = 20

type Outcome = {
  reason: string | null
  verdict: string | null
  isCovered: boolean | null
  recurrence: string | null
  isNaivelyEffective: boolean
  expectedAfter: number | null
}

const fleetOf = (seed: number, vehicles: number) => {
  const draw = createDraw(`actions/${seed}`)
  const world = createWorld(draw)
  const carDraw = draw.fork('cars')
  return { draw, world, cars: Array.from({ length: vehicles }, (_, i) => buildCar(world, carDraw, seed * 100_003 + i)) }
}

const runOne = ({ draw, world, cars }: ReturnType<typeof fleetOf>, rule: Rule, setting: Setting, n: number): Outcome => {
  const action = simulateAction(world, cars, rule, setting, draw.fork(`${rule}/${setting}/${n}`))
  const judged = judgeSimulated(world, cars, action)
  const naive = isNaivelyEffective(world, cars, action)
  if ('reason' in judged) return { reason: judged.reason, verdict: null, isCovered: null, recurrence: null, isNaivelyEffective: naive, expectedAfter: null }
  const [low, high] = judged.rateRatioInterval
  return {
    reason: null, verdict: judged.verdict, isCovered: low <= action.psi && action.psi <= high, recurrence: judged.watch.state, isNaivelyEffective: naive,
    expectedAfter: judged.count.after.expected,
  }
}

const share = (outcomes: readonly Outcome[], is: (one: Outcome) => boolean) => {
  const count = outcomes.filter(is).length
  return { count, of: outcomes.length, share: outcomes.length === 0 ? null : count / outcomes.length, interval: outcomes.length === 0 ? null : clopperPearson(count, outcomes.length) }
}

const summarise = (rule: Rule, setting: Setting, outcomes: readonly Outcome[]) => {
  const judged = outcomes.filter(one => one.reason === null)
  const expected = judged.map(one => one.expectedAfter!).sort((a, b) => a - b)
  return {
    rule, setting, actions: outcomes.length, judged: judged.length,
    medianExpectedAfter: expected[Math.floor(expected.length / 2)] ?? null,
    verdicts: Object.fromEntries(['effective', 'partly', 'not-shown', 'worse'].map(verdict => [verdict, share(judged, one => one.verdict === verdict)])),
    coverage: share(judged, one => one.isCovered === true),
    recurrenceAlarms: share(judged, one => one.recurrence === 'recurred'),
    naiveEffective: share(outcomes, one => one.isNaivelyEffective),
  }
}

const main = (): void => {
  const [actions, vehicles, seed] = [Number(values.actions), Number(values.vehicles), Number(values.seed)]
  const loadBefore = loadavg()[0]
  const fleets = Array.from({ length: Math.ceil(actions / actionsPerFleet) }, (_, i) => fleetOf(seed + i, vehicles))
  const results = rules.filter(rule => values.rule === undefined || values.rule === rule).flatMap(rule => settings.filter(setting => rule !== 'built-since' || setting !== 'chance').map(setting => {
    const outcomes = Array.from({ length: actions }, (_, n) => runOne(fleets[Math.floor(n / actionsPerFleet)]!, rule, setting, n))
    const summary = summarise(rule, setting, outcomes)
    const percent = ({ share: value }: { share: number | null }): string => (value === null ? '-' : `${(value * 100).toFixed(1)} %`)
    console.log([rule.padEnd(17), setting.padEnd(7), `judged ${summary.judged}`, ...Object.entries(summary.verdicts).map(([name, one]) => `${name} ${percent(one)}`),
      `coverage ${percent(summary.coverage)}`, `alarm ${percent(summary.recurrenceAlarms)}`, `naive effective ${percent(summary.naiveEffective)}`].join('  '))
    return summary
  }))
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  mkdirSync('bench/results', { recursive: true })
  writeFileSync(`bench/results/action-efficacy-${commit}.json`, `${JSON.stringify({
    what: 'verdicts, coverage of the 95 % interval of psi and recurrence alarms on simulated actions', commit, settings: { actions, vehicles, seed },
    machine: { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, loadBefore, loadAfter: loadavg()[0] }, results,
  }, null, 1)}\n`)
}

main()
