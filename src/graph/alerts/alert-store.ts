import type { Alert } from '../../domain/alert.ts'
import { finalIssueStates, issueIdOf } from '../../domain/issue.ts'
import type { GraphClient, GraphTransaction } from '../ports.ts'
import type { AlertChanges, AlertStore } from '../ports/alerts.ts'
import { emitEvent } from '../webhooks/record-events.ts'
import { lockIssueClass } from '../workflow/issue-queries.ts'
import {
  advanceAlertWatch, decideAlert, findIssueOfAlert, listAlerts, lockAlertWatch, openAlertIssue, readAlertScans, readFirstHumanCases, recordAlertScan,
  writeAlerts, type StoredAlert,
} from './alert-queries.ts'

/** Alerts, and the issues they open, in the graph. */
export const createAlertStore = ({ client }: { client: GraphClient }): AlertStore => {
  const read = async (graph: Pick<GraphTransaction, 'all'>, alertId: string | null): Promise<Alert[]> =>
    (await graph.all(listAlerts, { alertId })).map(({ issueId, ...row }) => ({ ...fromRow(row), issueId }))
  return {
    list: () => read(client, null),
    find: async alertId => (await read(client, alertId))[0] ?? null,
    reconcile: options =>
      client.write(async tx => {
        const { at, asOf } = options
        const { scannedTo } = await tx.one(lockAlertWatch, { at })
        const stored = await read(tx, null)
        const changes = options.plan(stored, scannedTo)
        if (changes === null) return { recorded: false, alerts: stored }
        await apply(tx, changes, options)
        for (const alertId of clearedOf(stored, changes)) await emitEvent(tx, { type: 'alert.cleared', subject: alertId, at })
        await tx.one(advanceAlertWatch, { asOf })
        if (changes.scan !== null) await tx.one(recordAlertScan, changes.scan)
        return { recorded: true, alerts: await read(tx, null) }
      }),
    async decide(alertId, decision) {
      return client.write(async tx => {
        const stored = await read(tx, alertId)
        if ((await tx.maybeOne(decideAlert, { alertId, ...decision })) === null) return null
        const update = await read(tx, alertId)
        for (const cleared of clearedOf(stored, { update })) await emitEvent(tx, { type: 'alert.cleared', subject: cleared, at: decision.decidedAt })
        return update[0] ?? null
      })
    },
    async records() {
      const [alerts, human] = await Promise.all([read(client, null), client.all(readFirstHumanCases, {})])
      const first = new Map(human.map(row => [row.alertId, row]))
      return alerts.map(alert => ({ ...alert, firstCaseAt: first.get(alert.alertId)?.firstCaseAt ?? null, firstIssueAt: first.get(alert.alertId)?.firstIssueAt ?? null }))
    },
    watched: () => client.one(readAlertScans, {}),
  }
}

/** Alerts that were open and are no more. */
const clearedOf = (stored: readonly Alert[], { update }: Pick<AlertChanges, 'update'>): string[] => {
  const open = new Set(stored.filter(alert => alert.state === 'open').map(alert => alert.alertId))
  return update.filter(alert => alert.state === 'closed' && open.has(alert.alertId)).map(alert => alert.alertId)
}

const apply = async (
  tx: GraphTransaction,
  { raise, update }: AlertChanges,
  { at, asOf, due }: { at: string; asOf: string; due: { firstResponseAt: string; resolutionAt: string } },
): Promise<void> => {
  const alerts = [...raise.map(one => toRow(one.alert)), ...update.map(toRow)]
  if (alerts.length > 0) await tx.all(writeAlerts, { alerts })
  for (const { alert, issueClass } of raise) {
    const { id: classId, component, symptom, model } = issueClass
    await tx.one(lockIssueClass, { classId, component, symptom, model, at })
    const found = await tx.one(findIssueOfAlert, { classId, component, symptom, model, finalStates: [...finalIssueStates] })
    const issueId = found.openId ?? issueIdOf(classId, found.issuesOfClass)
    await tx.one(openAlertIssue, {
      alertId: alert.alertId, issueId, classId, component, symptom, model, asOf,
      firstResponseDueAt: due.firstResponseAt, resolutionDueAt: due.resolutionAt,
    })
    await emitEvent(tx, { type: 'alert.raised', subject: alert.alertId, at })
    await emitEvent(tx, { type: found.openId === null ? 'issue.opened' : 'issue.updated', subject: issueId, at })
  }
}

const toRow = ({ cell, window, ...alert }: Omit<Alert, 'issueId'>): StoredAlert => ({
  ...alert, cellDimension: cell.dimension, cellLevel: cell.level, windowFrom: window.from, windowTo: window.to,
})

const fromRow = ({ cellDimension, cellLevel, windowFrom, windowTo, ...row }: StoredAlert): Omit<Alert, 'issueId'> => ({
  ...row, cell: { dimension: cellDimension, level: cellLevel }, window: { from: windowFrom, to: windowTo },
})
