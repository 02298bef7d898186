import { z } from 'zod'
import { actionTypes } from './case.ts'

/** Lower and upper 95 % limit; a null upper limit is infinite. */
const Interval = z.tuple([z.number(), z.number().nullable()])

/** Events on one side of an action, as a rate and against what the fleet's baseline expects of the same cars in the same time. */
export const EfficacySide = z.object({
  observed: z.int().min(0),
  expected: z.number(),
  vehicles: z.int().min(0),
  vehicleMonths: z.number(),
  /** Events per 1,000 vehicle-months, with its exact interval. */
  rate: z.number(),
  rateInterval: Interval,
  smr: z.number(),
  smrInterval: Interval,
})
export type EfficacySide = z.infer<typeof EfficacySide>

export const RecurrenceState = z.object({
  /** `passed`: as many events were expected as the watch was planned for, without an alarm. */
  state: z.enum(['watching', 'recurred', 'passed']),
  observed: z.int().min(0),
  expected: z.number(),
  llr: z.number(),
  threshold: z.number(),
  plannedExpected: z.number(),
  /** When the limit was reached. */
  alarmAt: z.string().nullable(),
})
export type RecurrenceState = z.infer<typeof RecurrenceState>

/** Why an action has no numbers. */
export const efficacyReasons = [
  'no-effective-date', 'not-yet-effective', 'no-class', 'unknown-treatment', 'no-software-named', 'no-affected-cars', 'nobody-treated', 'no-events',
  'nothing-before', 'nothing-after',
] as const

export const efficacyNotes = [
  'few-expected', 'no-recurrence-proves-little', 'regression-to-the-mean', 'thin-baseline', 'no-comparison-fleet', 'early-returns',
] as const

export const treatmentRules = ['part-removed', 'version-replaced', 'built-since', 'from-day'] as const

/** What an action did: `GET /v1/actions/{id}/efficacy`. Without numbers `reason` says why, and what rests on them is null. */
export const ActionEfficacy = z.object({
  actionId: z.string(),
  caseId: z.string(),
  kind: z.enum(['ICA', 'PCA']),
  actionType: z.enum(actionTypes),
  text: z.string().nullable(),
  effectiveFrom: z.string().nullable(),
  asOf: z.string(),
  components: z.array(z.string()),
  symptoms: z.array(z.string()),
  reason: z.enum(efficacyReasons).nullable(),
  treatment: z.enum(treatmentRules).nullable(),
  verdict: z.enum(['effective', 'partly', 'worse', 'not-shown']).nullable(),
  before: EfficacySide.nullable(),
  after: EfficacySide.nullable(),
  /** Rate after relative to before, each against its baseline; null where nothing happened before. */
  rateRatio: z.number().nullable(),
  rateRatioInterval: Interval.nullable(),
  recurrence: RecurrenceState.nullable(),
  /** The first events after treatment, oldest first, at most 25. */
  recurrences: z.array(z.object({ vehicleId: z.string(), at: z.string() })),
  weeksToEffect: z.int().nullable(),
  /** Events that the baseline rests on, and whether they are of cars the action is not about. */
  baseline: z.object({ kind: z.enum(['outside', 'untreated']), events: z.int() }).nullable(),
  notes: z.array(z.enum(efficacyNotes)),
})
export type ActionEfficacy = z.infer<typeof ActionEfficacy>

/** How actions of one type have fared. */
export const ActionTypeRecord = z.object({
  actionType: z.enum(actionTypes),
  /** Actions of past cases, and those among them that could be judged. */
  used: z.int(),
  judged: z.int(),
  /** Effective or partly so, and not recurred. */
  held: z.int(),
  recurred: z.int(),
  rateRatio: z.number().nullable(),
  rateRatioInterval: Interval.nullable(),
  medianWeeksToEffect: z.number().nullable(),
})
export type ActionTypeRecord = z.infer<typeof ActionTypeRecord>

/** An action whose cars fail again: subject of the event `action.recurrence`. */
export const ActionRecurrence = z.object({
  recurrenceId: z.string(),
  actionId: z.string(),
  caseId: z.string(),
  actionType: z.enum(actionTypes),
  alarmAt: z.string(),
  observed: z.int(),
  expected: z.number(),
  llr: z.number(),
  threshold: z.number(),
  foundAt: z.string(),
})
export type ActionRecurrence = z.infer<typeof ActionRecurrence>
