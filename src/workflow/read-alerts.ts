import type { Alert } from '../domain/alert.ts'
import type { AlertStore } from '../graph/ports/alerts.ts'

type AlertFilter = { [Field in 'state' | 'outcome' | 'component' | 'symptom' | 'model']?: string | undefined }

export type AlertReader = {
  /** The latest raised first. @param page.after the last alert of the page before. */
  list(filter: AlertFilter, page: { after: { raisedAt: string; alertId: string } | null; limit: number }): Promise<Alert[]>
  find(alertId: string): Promise<Alert | null>
}

const keyOf = ({ raisedAt, alertId }: { raisedAt: string; alertId: string }): string => `${raisedAt} ${alertId}`

/** Models are compared without case. */
const fits = (alert: Alert, { model, ...filter }: AlertFilter): boolean =>
  (model === undefined || alert.model?.toLowerCase() === model.toLowerCase())
  && Object.entries(filter).every(([field, wanted]) => wanted === undefined || alert[field as 'state'] === wanted)

/** Alerts as the API lists them: a few hundred, so they are read whole. */
export const createAlertReader = ({ store }: { store: Pick<AlertStore, 'list' | 'find'> }): AlertReader => ({
  async list(filter, { after, limit }) {
    const found = (await store.list()).filter(alert => fits(alert, filter) && (after === null || keyOf(alert) < keyOf(after)))
    return found.sort((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1)).slice(0, limit)
  },
  find: alertId => store.find(alertId),
})
