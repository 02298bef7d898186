import type { Alert } from '../../domain/alert.ts'
import { finalIssueStates, issueIdOf } from '../../domain/issue.ts'
import type { GraphClient, GraphTransaction } from '../ports.ts'
import type { AlertChanges, AlertStore } from '../ports/alerts.ts'
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
        const changes = options.plan(await read(tx, null), scannedTo)
        if (changes === null) return { recorded: false, alerts: await read(tx, null) }
        await apply(tx, changes, options)
        await tx.one(advanceAlertWatch, { asOf })
        if (changes.scan !== null) await tx.one(recordAlertScan, changes.scan)
        return { recorded: true, alerts: await read(tx, null) }
      }),
    async decide(alertId, decision) {
      const row = await client.maybeOne(decideAlert, { alertId, ...decision })
      return row === null ? null : ((await read(client, alertId))[0] ?? null)
    },
    async records() {
      const [alerts, human] = await Promise.all([read(client, null), client.all(readFirstHumanCases, {})])
      const first = new Map(human.map(row => [row.alertId, row]))
      return alerts.map(alert => ({ ...alert, firstCaseAt: first.get(alert.alertId)?.firstCaseAt ?? null, firstIssueAt: first.get(alert.alertId)?.firstIssueAt ?? null }))
    },
    watched: () => client.one(readAlertScans, {}),
  }
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
    await tx.one(openAlertIssue, {
      alertId: alert.alertId, issueId: found.openId ?? issueIdOf(classId, found.issuesOfClass), classId, component, symptom, model, asOf,
      firstResponseDueAt: due.firstResponseAt, resolutionDueAt: due.resolutionAt,
    })
  }
}

const toRow = ({ cell, window, ...alert }: Omit<Alert, 'issueId'>): StoredAlert => ({
  ...alert, cellDimension: cell.dimension, cellLevel: cell.level, windowFrom: window.from, windowTo: window.to,
})

const fromRow = ({ cellDimension, cellLevel, windowFrom, windowTo, ...row }: StoredAlert): Omit<Alert, 'issueId'> => ({
  ...row, cell: { dimension: cellDimension, level: cellLevel }, window: { from: windowFrom, to: windowTo },
})
