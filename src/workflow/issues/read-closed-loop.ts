import { closedLoop } from '../../domain/closed-loop.ts'
import type { ClosedLoop } from '../../domain/closed-loop.ts'
import { FishboneError } from '../../domain/error.ts'
import type { IssueStore } from '../../graph/ports/issues.ts'

const dayMs = 86_400_000
const repeatDays = 30
/** The period where none is given. */
const usualDays = 90

const instantOf = (given: string | undefined, otherwise: number, endOfDay: boolean): string => {
  if (given === undefined) return new Date(otherwise).toISOString()
  return new Date(Date.parse(given) + (endOfDay && given.length === 10 ? dayMs : 0)).toISOString()
}

/**
 * Closed-loop figures of the issues and repairs of a period.
 *
 * @param period days or instants; `to` a day means its end. The last 90 days where neither is given.
 * @throws FB_INVALID where it ends before it begins.
 */
export const createReadClosedLoop =
  ({ store, now }: { store: Pick<IssueStore, 'loopIssues' | 'loopRepairs'>; now: () => Date }) =>
  async ({ from, to }: { from?: string | undefined; to?: string | undefined }): Promise<ClosedLoop> => {
    const asOf = now()
    const end = instantOf(to, asOf.getTime(), true)
    const begin = instantOf(from, Date.parse(end) - usualDays * dayMs, false)
    if (begin >= end) throw new FishboneError('FB_INVALID', 'the period ends before it begins', { details: { errors: [{ pointer: '/from', message: 'must be before /to' }] } })
    const [issues, repairs] = await Promise.all([store.loopIssues(begin, end), store.loopRepairs(begin, end, repeatDays)])
    return closedLoop({ from: begin, to: end, asOf: asOf.toISOString() }, issues, repairs)
  }

export type ReadClosedLoop = ReturnType<typeof createReadClosedLoop>
