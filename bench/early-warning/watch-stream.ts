import type { WarningTruth } from '../../simulator/warning-streams.ts'
import type { FleetGrid } from '../../src/analysis/early-warning/fleet-grid.ts'
import type { ThresholdSource } from '../../src/analysis/early-warning/fleet-scan.ts'
import type { StreamThreshold } from '../../src/analysis/early-warning/null-streams.ts'
import type { GridEvent } from '../../src/analysis/early-warning/grid-events.ts'
import type { createStreamJudge } from '../../src/analysis/early-warning/stream-state.ts'
import type { Random } from '../../src/analysis/random.ts'
import { earsC2, streamLlr, streamLlrLimit } from './yardsticks.ts'

export const methods = ['product', 'cohortScanOnly', 'cusumOnly', 'earsC2', 'streamMaxSprt'] as const
export type Method = (typeof methods)[number]

/** An alarm that began in a week; `events` and `expected` are those of the cohort. `isRight`: its cohort overlaps the planted one, or there is none to name. */
export type WatchedAlarm = { week: number; isRight: boolean; events: number | null; expected: number | null }
export type Watched = { truth: WarningTruth; years: number; firstSaleWeek: number | null; alarms: Record<Method, WatchedAlarm[]> }

type Judges = ReturnType<typeof createStreamJudge>[]
type Limits = { course: Float64Array; source: ThresholdSource }

/** All alarms of one stream, looked at every week with what was reported by then; an alarm over build weeks that alarmed before is not a new one. */
export const watchStream = (options: {
  grid: FleetGrid
  truth: WarningTruth
  events: readonly GridEvent[]
  judges: Judges
  limits: Limits
  random: Random
}): Watched => {
  const { grid, truth, events, limits } = options
  const alarms: Watched['alarms'] = { product: [], cohortScanOnly: [], cusumOnly: [], earsC2: [], streamMaxSprt: [] }
  const seen: Record<'product' | 'cohortScanOnly', { from: number; to: number }[]> = { product: [], cohortScanOnly: [] }
  let isFleetUp = { product: false, cusumOnly: false }
  for (let week = 8; week < grid.weeks; week++) {
    const count = events.filter(event => event.reportWeek <= week).length
    // Evidence grows only with a report.
    if (count < 3 || !events.some(event => event.reportWeek === week)) continue
    const [split, cohortOnly, companionOnly] = [undefined, 0, 1].map(share => limits.source(grid, count, week, share)) as [StreamThreshold, StreamThreshold, StreamThreshold]
    const least = Math.min(split.cohort, cohortOnly.cohort)
    const state = options.judges[week]!.judge(truth, { cohort: least, fleet: Infinity })
    for (const [method, limit] of [['product', split.cohort], ['cohortScanOnly', cohortOnly.cohort]] as const)
      for (const cohort of state.cohorts.filter(one => one.llr - one.penalty > limit)) {
        if (seen[method].some(one => one.from <= cohort.to && cohort.from <= one.to)) continue
        seen[method].push(cohort)
        const isRight = truth.weeks !== null && cohort.from <= truth.weeks.to && truth.weeks.from <= cohort.to
        alarms[method].push({ week, isRight, events: cohort.observed, expected: cohort.expected })
      }
    const up = { product: state.fleet.sum > split.fleet, cusumOnly: state.fleet.sum > companionOnly.fleet }
    for (const method of ['product', 'cusumOnly'] as const)
      if (up[method] && !isFleetUp[method]) alarms[method].push({ week, isRight: true, events: null, expected: null })
    isFleetUp = up
  }
  return {
    truth, years: grid.weeks / 52.18, firstSaleWeek: truth.firstSaleAt === null ? null : grid.weekOf(truth.firstSaleAt / 60_000),
    alarms: { ...alarms, ...streamLevelAlarms(options) },
  }
}

const streamLevelAlarms = ({ grid, truth, events, limits, random }: Parameters<typeof watchStream>[0]) => {
  const reports = new Float64Array(grid.weeks)
  for (const event of events) reports[event.reportWeek]!++
  const begin = (isUp: readonly boolean[]): WatchedAlarm[] =>
    isUp.flatMap((up, week) => (up && !isUp[week - 1] ? [{ week, isRight: true, events: null, expected: null }] : []))
  const unit = Float64Array.from({ length: grid.weeks }, (_, week) => {
    let sum = 0
    for (let sold = 0; sold <= week; sold++) {
      const age = week - sold
      sum += (grid.carOffsets[sold + 1]! - grid.carOffsets[sold]!) * (limits.course[age]! - (age === 0 ? 0 : limits.course[age - 1]!))
    }
    return sum
  })
  const total = unit.reduce((sum, value) => sum + value, 0)
  // The predecessor's level is known up to a factor; the true background is a kind reading of it.
  const expected = unit.map(value => (value / total) * truth.expectedBackground)
  const limit = streamLlrLimit(expected, random, 200)
  return { earsC2: begin(earsC2(reports)), streamMaxSprt: begin(streamLlr(reports, expected).map(llr => llr > limit)) }
}
