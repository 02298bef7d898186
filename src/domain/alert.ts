import { z } from 'zod'
import { shortHash } from './identifiers.ts'

/** How an alert was found: cohorts under exposure, the fleet-wide companion, or a wave of reports of cars that are not known. */
export const alertMethods = ['cohort-scan', 'companion-cusum', 'report-wave'] as const
export const alertStates = ['open', 'closed'] as const
/** What an alert turned out to be, decided by a person. */
export const alertOutcomes = ['open', 'confirmed', 'rejected'] as const

/**
 * One warning of a stream. `window` is build weeks (`2022-W10`), or months of receipt (`2021-03`) for reports without exposure, both ends
 * inclusive; `cell.level` is `all` where no part of the fleet stands out.
 */
export const Alert = z.object({
  alertId: z.string(),
  component: z.string().nullable(),
  symptom: z.string().nullable(),
  cell: z.object({ dimension: z.enum(['all', 'plant', 'supplier', 'model', 'model-year']), level: z.string() }),
  window: z.object({ from: z.string(), to: z.string() }),
  observed: z.number(),
  expected: z.number(),
  /** Evidence in nats; of the companion its sum. */
  llr: z.number(),
  threshold: z.number(),
  firstAlarmAt: z.string(),
  /** Null where the cars are not known. */
  vehiclesAtRisk: z.number().nullable(),
  state: z.enum(alertStates),
  method: z.enum(alertMethods),
  model: z.string().nullable(),
  /** `asOf` of the scans that raised it, saw it last, and found it gone. */
  raisedAt: z.string(),
  assessedAt: z.string(),
  closedAt: z.string().nullable(),
  closedReason: z.enum(['no-longer-above-threshold', 'rejected-by-a-person']).nullable(),
  outcome: z.enum(alertOutcomes),
  outcomeReason: z.string().nullable(),
  decidedAt: z.string().nullable(),
  engineVersion: z.string(),
  issueId: z.string().nullable(),
})
export type Alert = z.infer<typeof Alert>

/** An alarm of a scan, not yet held against the alerts that are known. */
export type Alarm = Pick<
  Alert, 'component' | 'symptom' | 'cell' | 'window' | 'observed' | 'expected' | 'llr' | 'threshold' | 'firstAlarmAt' | 'vehiclesAtRisk' | 'method' | 'model'
> & {
  /** Reports of the cohort by week or month, oldest first, the last period ends with the scan. */
  series: { unit: 'week' | 'month'; counts: number[] }
  /** Streams within or around this one that alarm on the same cars with less evidence; they are no alerts of their own. */
  nested: { component: string | null; symptom: string | null }[]
}

/** A model with more reports of a stream than its share of all reports tells; for a triage list, no alert and never a cause. */
export type ReportSignal = Pick<Alert, 'component' | 'symptom' | 'cell' | 'window' | 'observed' | 'expected'> & {
  model: string
  /** Proportional reporting ratio (null where no other model has such a report), lower 2.5 % limit of the information component, shrunk ratio and its lower 5 % limit. */
  prr: number | null
  ic025: number
  ebgm: number
  eb05: number
}

/** Id of an alert: the same stream, part of the fleet and first alarm are the same alert. */
export const alertIdOf = ({ method, component, symptom, cell, window, firstAlarmAt }: Omit<Alarm, 'series' | 'nested'>): string =>
  `ALT-${shortHash('Alert', method, component ?? '*', symptom ?? '*', cell.dimension, cell.level, window.from, firstAlarmAt.slice(0, 10)).slice(0, 16)}`

/** One row of the performance log. */
export type AlertRecord = Alert & {
  /** First past case of the class opened from a year before the first alarm on. */
  firstCaseAt: string | null
  /** First report of the class that raised the issue the alert stands with. */
  firstIssueAt: string | null
}
