import { reportingDelayCdf } from '../reporting-delay.ts'
import type { GridEvent } from './grid-events.ts'
import { warningParameters } from './warning-parameters.ts'

/** Weeks in which reports are left out of both counts and expectations: campaigns, press, batch uploads. By week of the grid. */
export type MaskedWeeks = ReadonlySet<number>

/**
 * Share of events by weeks of delay from event to report, F(0), F(1) …, corrected for reports still to come.
 *
 * @param week the last week seen.
 * @returns null with too few events to tell; everything beyond the last delay counts as reported.
 */
export const delayCdfOf = (events: readonly GridEvent[], week: number): number[] | null => {
  const rows = Math.min(week + 1, warningParameters.delayWeeks)
  const firstWeek = week + 1 - rows
  const seen = events.filter(event => event.reportWeek <= week && event.eventWeek >= firstWeek)
  if (seen.length < warningParameters.ownDelayEvents) return null
  const counts = Array.from({ length: rows }, () => new Array<number>(rows).fill(0))
  for (const event of seen) counts[event.eventWeek - firstWeek]![event.reportWeek - event.eventWeek]!++
  return reportingDelayCdf(counts)
}

/**
 * Share of the events of each week that is reported by the end of `week` and counted, w(u) = Σ over weeks t = u … week not masked of f(t − u).
 */
export const countedShare = (cdf: readonly number[] | null, week: number, masked: MaskedWeeks): Float64Array => {
  const delays = cdf ?? [1]
  const pmf = delays.map((share, delay) => share - (delay === 0 ? 0 : delays[delay - 1]!))
  return Float64Array.from({ length: week + 1 }, (_, eventWeek) => {
    let share = 0
    for (let delay = 0; delay < pmf.length && eventWeek + delay <= week; delay++) if (!masked.has(eventWeek + delay)) share += pmf[delay]!
    return share
  })
}
