import { z } from 'zod'
import { Alert, alertOutcomes } from './alert.ts'
import { InstantOrDay } from './instant.ts'

const name = z.string().trim().min(1).max(200)

/** Body of `POST /v1/early-warning/scans`: streams by keys or names, a missing side means any; all streams when absent. */
export const ScanRequest = z.strictObject({
  asOf: InstantOrDay.optional(),
  streams: z
    .array(z.strictObject({ component: name.optional(), symptom: name.optional() }).refine(({ component, symptom }) => (component ?? symptom) !== undefined, { message: 'a component or a symptom is wanted' }))
    .min(1)
    .max(200)
    .optional(),
  seed: z.int().min(0).max(0xffff_ffff).optional(),
})
export type ScanRequest = z.infer<typeof ScanRequest>

const Series = z.object({ unit: z.enum(['week', 'month']), counts: z.array(z.number()) })
const Stream = z.object({ component: z.string().nullable(), symptom: z.string().nullable() })

export const ScanReply = z.object({
  asOf: z.string(),
  /** Alerts that stand, the strongest first. */
  alerts: z.array(Alert.extend({ series: Series.nullable(), nested: z.array(Stream) })),
  /** Alerts this scan found gone. */
  closed: z.array(Alert),
  signals: z.array(
    Alert.pick({ component: true, symptom: true, cell: true, window: true, observed: true, expected: true }).extend({
      model: z.string(), prr: z.number().nullable(), ic025: z.number(), ebgm: z.number(), eb05: z.number(),
    }),
  ),
  streams: z.int(),
  tookMs: z.number(),
  /** False for a look back behind what was scanned before: nothing is stored. */
  recorded: z.boolean(),
  seed: z.int(),
})
export type ScanReply = z.infer<typeof ScanReply>

const PerformanceAlert = Alert.extend({ firstCaseAt: z.string().nullable(), firstIssueAt: z.string().nullable(), leadDays: z.number().nullable() })
const Interval = z.tuple([z.number(), z.number()])

/** Answer of `GET /v1/early-warning/performance`. */
export const EarlyWarningPerformanceReply = z.object({
  alerts: z.array(PerformanceAlert),
  confirmed: z.int(),
  rejected: z.int(),
  open: z.int(),
  precision: z.number().nullable(),
  precisionInterval: Interval.nullable(),
  monthly: z.array(z.object({ month: z.string(), confirmed: z.int(), rejected: z.int(), open: z.int(), precision: z.number().nullable() })),
  medianLeadDays: z.number().nullable(),
  streamYears: z.number(),
  falseAlarmsPerStreamYear: z.number().nullable(),
})

/** Body of `POST /v1/alerts/{id}/decision`. */
export const AlertDecision = z.strictObject({ outcome: z.enum(alertOutcomes).exclude(['open']), reason: z.string().trim().min(1).max(2_000) })
