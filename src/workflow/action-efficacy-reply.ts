import { smrInterval, type Interval } from '../analysis/exact-intervals.ts'
import type { SideCount } from '../analysis/efficacy/count-cohort.ts'
import type { ActionJudgement } from '../analysis/efficacy/judge-action.ts'
import type { TreatmentRule } from '../analysis/efficacy/treated-cohort.ts'
import type { Projection } from '../analysis/projection.ts'
import type { ActionEfficacy, EfficacySide } from '../domain/action-efficacy.ts'
import type { ActionRecord } from '../graph/ports/actions.ts'
import { instantOf } from './root-causes/analysis-frame.ts'

type Answer = { action: ActionRecord; asOf: string; rule?: TreatmentRule }

const shownRecurrences = 25
const perVehicleMonths = 1_000

/** The answer of an action that cannot be judged. */
export const withoutNumbers = (answer: Answer, reason: NonNullable<ActionEfficacy['reason']>): ActionEfficacy => ({
  ...subjectOf(answer), reason, verdict: null, before: null, after: null, rateRatio: null, rateRatioInterval: null, recurrence: null, recurrences: [],
  weeksToEffect: null, baseline: null, notes: [],
})

/** The answer as the API shows it. */
export const efficacyReply = ({ judged, projection, ...answer }: Answer & { judged: ActionJudgement; projection: Projection }): ActionEfficacy => {
  const { count, watch } = judged
  return {
    ...subjectOf(answer),
    reason: null,
    verdict: judged.verdict,
    before: sideOf(count.before),
    after: sideOf(count.after),
    rateRatio: judged.rateRatio,
    rateRatioInterval: finite(judged.rateRatioInterval),
    recurrence: {
      state: watch.state,
      observed: watch.observed,
      expected: watch.expected,
      llr: watch.llr,
      threshold: watch.limit,
      plannedExpected: watch.plannedExpected,
      alarmAt: watch.alarmAt === null ? null : instantOf(count.recurrences[watch.alarmAt]!.at),
    },
    recurrences: count.recurrences.slice(0, shownRecurrences).map(({ vehicle, at }) => ({ vehicleId: projection.ids[vehicle]!, at: instantOf(at) })),
    weeksToEffect: judged.weeksToEffect,
    baseline: { kind: count.baseline.kind, events: count.baseline.events },
    notes: judged.notes,
  }
}

const subjectOf = ({ action, asOf, rule }: Answer) => {
  const { actionId, caseId, kind, actionType, text, effectiveFrom, components, symptoms } = action
  return { actionId, caseId, kind, actionType, text, effectiveFrom, asOf, components, symptoms, treatment: rule ?? null }
}

const sideOf = ({ observed, expected, vehicles, vehicleMonths }: SideCount): EfficacySide => {
  const unit = vehicleMonths / perVehicleMonths
  return {
    observed, expected, vehicles, vehicleMonths,
    rate: observed / unit,
    rateInterval: finite(smrInterval(observed, unit)),
    smr: observed / expected,
    smrInterval: finite(smrInterval(observed, expected)),
  }
}

const finite = ([low, high]: Interval): [number, number | null] => [low, Number.isFinite(high) ? high : null]
