import { z } from 'zod'
import type { KnownFeedback, KnownVehicle } from '../ports/dossier.ts'
import type { LateContentRow } from './dossier-queries.ts'

const text = z.string()
const maybe = text.nullish().transform(given => given ?? null)
const number = z.number().nullish().transform(given => given ?? null)
const flag = z.boolean().nullish().transform(given => given ?? null)

const StoredCodes = z.array(z.looseObject({ code: text, failureType: maybe, status: number }))
const codesOf = (json: string | null) =>
  json === null ? [] : (StoredCodes.safeParse(JSON.parse(json)).data ?? []).map(({ code, failureType, status }) => ({ code, failureType, status }))

const FeedbackContent = z.object({
  channel: text, sourceId: text, occurredAt: text, receivedAt: text, text, language: maybe, odometerKm: number, rating: number, crash: flag, fire: flag,
  injuries: number, sos: flag, responded: flag,
})
const SnapshotContent = z.object({ capturedAt: text, receivedAt: text, trigger: maybe, odometerKm: number, ambientC: number, dtcs: maybe })
const RepairContent = z.object({
  repairOrderId: text, openedAt: text, closedAt: maybe, receivedAt: text, serviceCenter: maybe, odometerKm: number, complaint: maybe, cause: maybe,
  correction: maybe, result: maybe, warranty: flag, partsReplaced: maybe, text: maybe,
})

/** Parts a repair order replaced, as its record lists them. */
export const partsReplacedOf = (json: string | null): Record<string, unknown>[] =>
  json === null ? [] : (z.array(z.record(z.string(), z.unknown())).safeParse(JSON.parse(json)).data ?? [])

/** The content of a record that was received last by the instant of the question. */
const contentOf = ({ versions }: LateContentRow): unknown => JSON.parse([...versions].sort(([a], [b]) => (a < b ? -1 : 1)).at(-1)?.[1] ?? 'null')

/** What was known by an instant of records that were received again later with another content. */
export function earlierRecords(late: readonly LateContentRow[]): Pick<KnownVehicle, 'feedback' | 'snapshots' | 'repairs'> {
  const of = (kind: LateContentRow['kind']) => late.filter(row => row.kind === kind).map(row => ({ id: row.id, content: contentOf(row) }))
  return {
    feedback: of('feedback').flatMap(({ id, content }) => feedbackOf(id, content)),
    snapshots: of('telemetry-snapshots').flatMap(({ id, content }) => {
      const snapshot = SnapshotContent.safeParse(content).data
      if (!snapshot) return []
      const { dtcs, ...rest } = snapshot
      return [{ snapshotId: id, ...rest, codes: codesOf(dtcs) }]
    }),
    repairs: of('repair-orders').flatMap(({ content }) => {
      const order = RepairContent.safeParse(content).data
      return order ? [{ ...order, text: order.text ?? '', partsReplaced: partsReplacedOf(order.partsReplaced) }] : []
    }),
  }
}

function feedbackOf(id: string, content: unknown): KnownFeedback[] {
  const feedback = FeedbackContent.safeParse(content).data
  if (!feedback) return []
  const { sourceId: _sourceId, responded, ...rest } = feedback
  return [{ feedbackId: id, ...rest, responded: responded ?? false, issueId: null, codes: [], storedTriage: null }]
}
