import { FishboneError } from '../../domain/error.ts'
import type { DuplicateEdge } from '../../graph/ports/duplicates.ts'
import type { DuplicateServices } from './duplicate-services.ts'
import type { CompareFeedback } from './find-duplicates.ts'
import { machine } from './settled-edges.ts'

export type PartReports = {
  /**
   * A person takes back that two reports belong together. It is remembered: no later run puts it back. Repeating it changes nothing.
   *
   * @returns the relation that was taken back, `none` where there was none: then they are kept apart all the same.
   * @throws FB_NOT_FOUND, FB_INVALID for a report and itself.
   */
  undo(decision: { feedbackId: string; otherId: string; reason: string; by: string }): Promise<{ was: DuplicateEdge['was'] }>
  /** Forgets what a person took back, and compares again. @returns whether there was anything to forget. */
  redo(pair: { feedbackId: string; otherId: string }): Promise<{ forgotten: boolean }>
}

/** Decisions of people about pairs of reports. */
export const createPartReports = ({ store, now, compareFeedback }: Pick<DuplicateServices, 'store' | 'now'> & { compareFeedback: CompareFeedback }): PartReports => {
  const vehiclesOf = async (ids: readonly string[]): Promise<string[]> => {
    const reports = await store.reports(ids)
    const missing = ids.find(id => !reports.some(report => report.id === id))
    if (missing !== undefined) throw new FishboneError('FB_NOT_FOUND', `there is no feedback ${missing}`, { details: { feedbackId: missing } })
    return reports.flatMap(({ vehicleId }) => vehicleId ?? [])
  }
  const compareBoth = async (...ids: string[]): Promise<void> => {
    for (const id of ids) await compareFeedback(id)
  }
  return {
    async undo({ feedbackId, otherId, reason, by }) {
      if (feedbackId === otherId) throw new FishboneError('FB_INVALID', 'a report cannot be parted from itself', { details: { feedbackId } })
      const vehicleIds = await vehiclesOf([feedbackId, otherId])
      const was = await store.holding({ vehicleIds, feedbackIds: [feedbackId, otherId] }, async tx => {
        const between = (await tx.edgesOf([feedbackId])).filter(edge => edge.from === otherId || edge.to === otherId)
        const said = between.find(edge => edge.type === 'distinct' && edge.by !== machine)
        if (said) return said.was
        const undone = between.find(edge => edge.type !== 'distinct')
        const relation = undone === undefined || undone.type === 'distinct' ? 'none' : undone.type
        const [from, to] = undone ? [undone.from, undone.to] : [feedbackId, otherId]
        await tx.change({
          remove: between,
          write: [{ from, to, type: 'distinct', score: 1, reason, reasonZh: reason, method: 'person', at: now().toISOString(), by, was: relation }],
        })
        return relation
      })
      await compareBoth(feedbackId, otherId)
      return { was }
    },
    async redo({ feedbackId, otherId }) {
      const vehicleIds = await vehiclesOf([feedbackId, otherId])
      const forgotten = await store.holding({ vehicleIds, feedbackIds: [feedbackId, otherId] }, async tx => {
        const said = (await tx.edgesOf([feedbackId])).filter(edge => (edge.from === otherId || edge.to === otherId) && edge.type === 'distinct' && edge.by !== machine)
        await tx.change({ remove: said, write: [] })
        return said.length > 0
      })
      await compareBoth(feedbackId, otherId)
      return { forgotten }
    },
  }
}
