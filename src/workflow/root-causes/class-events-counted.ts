import { foldReports, type Report } from '../../analysis/class-events.ts'
import { never, toMinute, vehicleIndex, type Minute, type Projection } from '../../analysis/projection.ts'
import type { ClassReport } from '../../domain/fleet.ts'
import type { ReportRef } from '../../graph/ports/root-causes.ts'

/** Reports as the engine reads them, in an order that does not depend on the graph's. */
export const toReports = (reports: readonly ClassReport[], projection: Pick<Projection, 'ids'>): { refs: ReportRef[]; reports: Report[] } => {
  const indexOf = vehicleIndex(projection)
  const sorted = reports.toSorted((a, b) => (a.at === b.at ? (a.recordId < b.recordId ? -1 : 1) : a.at < b.at ? -1 : 1))
  return {
    refs: sorted.map(({ source, recordId }) => ({ source, recordId })),
    reports: sorted.map(({ source, recordId, vehicleId, at, receivedAt, linkWeight, repairResult, toldTwiceOf, distinctFrom }) => ({
      vehicle: vehicleId === null ? -1 : (indexOf(vehicleId) ?? -1),
      at: toMinute(at, never),
      receivedAt: toMinute(receivedAt, never),
      linkWeight,
      repairResult: repairResult === 'awaiting-part' ? 'other' : repairResult,
      ...(source === 'feedback' && { id: recordId }), ...(toldTwiceOf && { toldTwiceOf }), ...(distinctFrom && { distinctFrom }),
    })),
  }
}

/** Indexes of the reports that stand for the events the engine counts: one a car, class and thirty days, of cars in the field. */
export const countedReports = (options: { projection: Projection; mask: Uint8Array; cutOff: Minute; reports: readonly Report[] }): number[] => {
  const { projection: { soldAt }, mask, cutOff, reports } = options
  const isExposed = (vehicle: number, at: Minute): boolean => mask[vehicle] === 1 && soldAt[vehicle] !== never && soldAt[vehicle]! <= at && at < cutOff
  return Array.from(foldReports(reports, isExposed).report)
}
