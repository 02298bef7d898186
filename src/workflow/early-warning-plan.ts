import type { Alarm, Alert } from '../domain/alert.ts'
import { alertIdOf } from '../domain/alert.ts'
import type { SymptomClass } from '../domain/fleet.ts'
import { issueClassOf, type IssueClass } from '../domain/issue.ts'
import type { AlertChanges } from '../graph/ports/alerts.ts'

/**
 * Holds the alarms of a scan against the alerts that are stored. An alarm of a stream, method and overlapping window is the alert that is open
 * there, which gets its figures; one that a person rejected stays closed as long as it stands. Open alerts without an alarm are closed. An alarm
 * without an alert is a new one.
 *
 * @param isScanned whether a stream was looked at: alerts of others stay as they are.
 */
export const planAlerts = (options: {
  alarms: readonly Alarm[]
  stored: readonly Alert[]
  asOf: string
  engineVersion: string
  isScanned: (stream: SymptomClass) => boolean
}): Pick<AlertChanges, 'raise' | 'update'> => {
  const { alarms, stored, asOf, engineVersion } = options
  const taken = new Map<string, Alarm>()
  const fresh: Alarm[] = []
  for (const alarm of alarms) {
    const alert = stored.find(one => !taken.has(one.alertId) && isSameProblem(one, alarm))
    if (alert) taken.set(alert.alertId, alarm)
    else fresh.push(alarm)
  }
  // An alert that was closed and whose run of alarms turns out unbroken is the same alert again.
  const reopened = new Map(fresh.map(alarm => [alertIdOf(alarm), alarm]).filter(([id]) => stored.some(alert => alert.alertId === id)) as [string, Alarm][])
  const update = stored.flatMap((alert): Alert[] => {
    const alarm = taken.get(alert.alertId)
    if (alarm) return changed(alert, stillStands(alert, alarm, asOf))
    const again = reopened.get(alert.alertId)
    if (again) return [{ ...stillStands({ ...alert, state: 'open' }, again, asOf), closedAt: null, closedReason: null }]
    if (alert.state === 'closed' || !options.isScanned(alert)) return []
    return [{ ...alert, state: 'closed', assessedAt: asOf, closedAt: asOf, closedReason: 'no-longer-above-threshold' }]
  })
  return {
    raise: fresh.filter(alarm => !reopened.has(alertIdOf(alarm))).map(alarm => ({ alert: raised(alarm, asOf, engineVersion), issueClass: issueClassOfAlarm(alarm) })),
    update,
  }
}

const isSameProblem = (alert: Alert, alarm: Alarm): boolean =>
  alert.method === alarm.method && alert.component === alarm.component && alert.symptom === alarm.symptom && alert.model === alarm.model
  && alert.window.from <= alarm.window.to && alarm.window.from <= alert.window.to
  && (alert.state === 'open' || (alert.closedReason === 'rejected-by-a-person' && alarm.firstAlarmAt <= alert.assessedAt))

/** A rejected alert is only told to have been seen again. The first alarm is the first that was ever told. */
const stillStands = (alert: Alert, alarm: Alarm, asOf: string): Alert => {
  if (alert.state === 'closed') return { ...alert, assessedAt: asOf }
  const { observed, expected, llr, threshold, cell, window, vehiclesAtRisk } = alarm
  const firstAlarmAt = alarm.firstAlarmAt < alert.firstAlarmAt ? alarm.firstAlarmAt : alert.firstAlarmAt
  return { ...alert, observed, expected, llr, threshold, cell, window, vehiclesAtRisk, firstAlarmAt, assessedAt: asOf }
}

const changed = (before: Alert, after: Alert): Alert[] => (JSON.stringify(before) === JSON.stringify(after) ? [] : [after])

const raised = ({ series: _series, nested: _nested, ...alarm }: Alarm, asOf: string, engineVersion: string): Omit<Alert, 'issueId'> => ({
  alertId: alertIdOf(alarm), ...alarm, state: 'open', raisedAt: asOf, assessedAt: asOf, closedAt: null, closedReason: null, outcome: 'open',
  outcomeReason: null, decidedAt: null, engineVersion,
})

/** Class of the issue that an alert opens; both sides are never missing. */
const issueClassOfAlarm = ({ component, symptom, model }: Alarm): IssueClass =>
  issueClassOf({
    feedbackId: '', model,
    findings: [{ component, symptom, confidence: 1, span: [0, 0], negated: false, past: false, hypothetical: false }],
  })
