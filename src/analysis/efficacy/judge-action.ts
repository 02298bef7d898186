import { actionEfficacy, changeInterval, type ActionEfficacy } from '../action-efficacy.ts'
import type { Report } from '../class-events.ts'
import type { Population } from '../level-expectations.ts'
import type { Minute } from '../projection.ts'
import { countCohort, type CohortCount } from './count-cohort.ts'
import type { BeforeAfter } from './pooled-ratio.ts'
import { watchRecurrence, type RecurrenceWatch } from './recurrence-watch.ts'
import { treatedCohort, type ActionScope, type TreatmentRule } from './treated-cohort.ts'

export type JudgeActionInput = {
  population: Population
  /** All reports of the action's symptom class known at the cut-off. */
  reports: readonly Report[]
  scope: ActionScope
  rule: TreatmentRule
  effectiveFrom: Minute
}

/** Why there are no numbers. */
export type NoJudgement = 'not-yet-effective' | 'no-affected-cars' | 'nobody-treated' | 'no-events' | 'nothing-before' | 'nothing-after'

/** What a reader must know beside the verdict. */
export type EfficacyNote =
  /** Fewer than 3 expected after the action; with no recurrence at all, even that proves little. */
  | 'few-expected'
  | 'no-recurrence-proves-little'
  /** The time before holds the events that led to the action: some of the fall would have come without it. */
  | 'regression-to-the-mean'
  | 'thin-baseline'
  /** Too few cars stand outside the action: season and age of reporting are not told from its effect. */
  | 'no-comparison-fleet'
  | 'early-returns'

export type ActionJudgement = ActionEfficacy & {
  count: CohortCount
  watch: RecurrenceWatch
  /** Weeks from the action until its effect showed (upper limit of ψ below 1) and stayed; null without an effect. */
  weeksToEffect: number | null
  notes: EfficacyNote[]
}

/** Events that a baseline should rest on; with fewer its own error is not small beside the interval's. */
const fewBaselineEvents = 30

/** Judges an action by what its cars did before and after their own treatment. */
export const judgeAction = (input: JudgeActionInput): ActionJudgement | { reason: NoJudgement } => {
  const { population, effectiveFrom } = input
  if (effectiveFrom >= population.cutOff) return { reason: 'not-yet-effective' }
  const cohort = treatedCohort({ ...input, projection: population.projection, cutOff: population.cutOff })
  if (cohort.vehicle.length === 0) return { reason: 'no-affected-cars' }
  const count = countCohort({ ...input, cohort })
  const reason = withoutNumbers(count)
  if (reason !== null) return { reason }
  const efficacy = actionEfficacy(beforeAfter(count))
  return {
    ...efficacy,
    count,
    watch: watchRecurrence({
      expectedAtEvents: count.recurrences.map(({ expected }) => expected),
      expectedNow: count.after.expected,
      plannedExpected: yearOfWatching(count, cohort.vehicle.length),
    }),
    weeksToEffect: weeksToEffect(count),
    notes: notesOf(count, efficacy),
  }
}

export const beforeAfter = ({ before, after }: Pick<CohortCount, 'before' | 'after'>): BeforeAfter => ({
  observedBefore: before.observed, expectedBefore: before.expected, observedAfter: after.observed, expectedAfter: after.expected,
})

const withoutNumbers = ({ before, after, baseline }: CohortCount): NoJudgement | null => {
  if (after.vehicles === 0) return 'nobody-treated'
  if (baseline.events === 0 && before.observed + after.observed === 0) return 'no-events'
  if (before.expected <= 0) return 'nothing-before'
  return after.expected <= 0 ? 'nothing-after' : null
}

/** Events expected of all cars of the action within a year at their mean rate so far, between 1 and 50: how long recurrence is watched for. */
const yearOfWatching = ({ before, after }: CohortCount, vehicles: number): number => {
  const monthly = (before.expected + after.expected) / (before.vehicleMonths + after.vehicleMonths)
  return Math.min(50, Math.max(1, 12 * monthly * vehicles))
}

/** From the last week backwards, as long as the effect shows. */
const weeksToEffect = ({ before, weeks }: CohortCount): number | null => {
  const shows = ({ observed, expected }: CohortCount['weeks'][number]): boolean => expected > 0 &&
    changeInterval({ observedBefore: before.observed, expectedBefore: before.expected, observedAfter: observed, expectedAfter: expected })[1] < 1
  let since = weeks.length
  while (since > 0 && shows(weeks[since - 1]!)) since--
  return since === weeks.length ? null : since + 1
}

const notesOf = ({ after, baseline, returns }: CohortCount, { before, weak, verdict }: ActionEfficacy): EfficacyNote[] => [
  ...(weak ? (['few-expected'] as const) : []),
  ...(weak && after.observed === 0 ? (['no-recurrence-proves-little'] as const) : []),
  ...(before.smr > 1 && (verdict === 'effective' || verdict === 'partly') ? (['regression-to-the-mean'] as const) : []),
  ...(baseline.kind === 'untreated' ? (['no-comparison-fleet'] as const) : []),
  ...(baseline.events < fewBaselineEvents ? (['thin-baseline'] as const) : []),
  ...(returns > 0 ? (['early-returns'] as const) : []),
]
