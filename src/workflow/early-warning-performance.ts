import { betaQuantile } from '../analysis/special-functions.ts'
import type { AlertRecord } from '../domain/alert.ts'
import type { AlertStore } from '../graph/ports/alerts.ts'

/** How past alerts turned out. Intervals are 95 %, exact; null where nothing was decided. */
export type EarlyWarningPerformance = {
  alerts: (AlertRecord & { leadDays: number | null })[]
  confirmed: number
  rejected: number
  open: number
  /** Confirmed among decided alerts. */
  precision: number | null
  precisionInterval: [number, number] | null
  /** The same by month of the first alarm. */
  monthly: { month: string; confirmed: number; rejected: number; open: number; precision: number | null }[]
  /** Days from the first alarm to the first past case of the class: above 0 the alarm came first. Over confirmed alerts with such a case. */
  medianLeadDays: number | null
  streamYears: number
  falseAlarmsPerStreamYear: number | null
}

const dayMs = 86_400_000

const median = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return sorted.length === 0 ? null : (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2
}

const precisionOf = (confirmed: number, rejected: number): number | null => (confirmed + rejected === 0 ? null : confirmed / (confirmed + rejected))

const count = (alerts: readonly AlertRecord[], outcome: AlertRecord['outcome']): number => alerts.filter(alert => alert.outcome === outcome).length

/** Sums up the performance log. */
export const summarisePerformance = (records: readonly AlertRecord[], streamYears: number): EarlyWarningPerformance => {
  const alerts = records.map(record => ({
    ...record, leadDays: record.firstCaseAt === null ? null : Math.round((Date.parse(record.firstCaseAt) - Date.parse(record.firstAlarmAt)) / dayMs),
  }))
  const [confirmed, rejected] = [count(alerts, 'confirmed'), count(alerts, 'rejected')]
  const months = [...new Set(alerts.map(alert => alert.firstAlarmAt.slice(0, 7)))].sort()
  return {
    alerts, confirmed, rejected, open: count(alerts, 'open'),
    precision: precisionOf(confirmed, rejected),
    precisionInterval: confirmed + rejected === 0 ? null : [
      confirmed === 0 ? 0 : betaQuantile(0.025, confirmed, rejected + 1),
      rejected === 0 ? 1 : betaQuantile(0.975, confirmed + 1, rejected),
    ],
    monthly: months.map(month => {
      const own = alerts.filter(alert => alert.firstAlarmAt.startsWith(month))
      const [yes, no] = [count(own, 'confirmed'), count(own, 'rejected')]
      return { month, confirmed: yes, rejected: no, open: count(own, 'open'), precision: precisionOf(yes, no) }
    }),
    medianLeadDays: median(alerts.flatMap(alert => (alert.outcome === 'confirmed' && alert.leadDays !== null ? [alert.leadDays] : []))),
    streamYears,
    falseAlarmsPerStreamYear: streamYears > 0 ? rejected / streamYears : null,
  }
}

/** @throws FB_GRAPH_UNAVAILABLE */
export const createEarlyWarningPerformance =
  ({ store }: { store: AlertStore }): (() => Promise<EarlyWarningPerformance>) =>
  async () => {
    const [records, watched] = await Promise.all([store.records(), store.watched()])
    return summarisePerformance(records, watched.streamYears)
  }
