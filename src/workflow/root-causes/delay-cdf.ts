import type { Report } from '../../analysis/class-events.ts'
import { minutesPerDay } from '../../analysis/parameters.ts'
import type { Minute } from '../../analysis/projection.ts'
import { reportingDelayCdf } from '../../analysis/reporting-delay.ts'

/** Longest delay that is told apart; what comes later counts as if it came then. */
const longestWeeks = 26
/** Fewer reports than this say nothing certain of their delay; then reports are taken to come at once. */
const fewestReports = 20

/**
 * How late reports of a class come, from the reports themselves: F at the end of each week of delay, in weeks before the cut-off.
 *
 * @returns null where there are too few to tell, or none was late.
 */
export const delayCdf = (reports: readonly Pick<Report, 'at' | 'receivedAt'>[], cutOff: Minute): number[] | null => {
  const week = 7 * minutesPerDay
  const rows = Array.from({ length: longestWeeks }, () => new Array<number>(longestWeeks).fill(0))
  let counted = 0
  for (const { at, receivedAt } of reports) {
    const age = Math.floor((cutOff - at) / week)
    const delay = Math.max(0, Math.floor((receivedAt - at) / week))
    if (age < 0 || age >= longestWeeks || delay > age) continue
    rows[longestWeeks - 1 - age]![delay]!++
    counted++
  }
  if (counted < fewestReports) return null
  const cdf = reportingDelayCdf(rows)
  return cdf[0] === 1 ? null : cdf
}
