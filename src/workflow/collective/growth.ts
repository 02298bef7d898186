import { clopperPearson } from '../../analysis/exact-intervals.ts'
import type { Growth } from '../../domain/collective-view.ts'

const dayMs = 86_400_000
const weekMs = 7 * dayMs
/** Each of the two windows that are compared. */
const windowWeeks = 4
const shownWeeks = 12

/** Rounded to three digits; an infinite value has no number. */
const shown = (value: number): number | null => (Number.isFinite(value) ? Number(value.toPrecision(3)) : null)

/** A share of the later of two equal windows, as the ratio of their rates. */
const asRatio = (share: number): number => (share >= 1 ? Infinity : share / (1 - share))

/**
 * How fast reports come: those received in the last four weeks against the four before. Given their sum the later count is binomial with
 * share ratio/(1 + ratio), so that the exact interval of the share is one of the ratio (two Poisson counts over equal times).
 *
 * @param receivedAt instants of receipt, in any order; those after `asOf` must not be among them.
 * @see Przyborowski & Wilenski 1940.
 */
export const growthOf = (receivedAt: readonly string[], asOf: string): Growth => {
  const end = Date.parse(asOf)
  const ages = receivedAt.map(instant => Math.floor((end - Date.parse(instant)) / weekMs)).filter(age => age >= 0)
  const within = (from: number, to: number): number => ages.filter(age => age >= from && age < to).length
  const recent = within(0, windowWeeks)
  const before = within(windowWeeks, 2 * windowWeeks)
  const total = recent + before
  const [low, high] = total === 0 ? [0, Infinity] : (clopperPearson(recent, total).map(asRatio) as [number, number])
  const ratio = total === 0 ? null : shown(recent / before)
  const verdict = total === 0 ? 'no-reports' : low > 1 ? 'growing' : high < 1 ? 'shrinking' : 'not-told-apart'
  return {
    recent,
    before,
    ratio,
    interval: [shown(low) ?? 0, shown(high)],
    verdict,
    // Without a report before, the lower limit is the most that can be said.
    doublingWeeks: verdict === 'growing' ? shown((windowWeeks * Math.LN2) / Math.log(ratio ?? low)) : null,
    weeks: Array.from({ length: shownWeeks }, (_, at) => {
      const age = shownWeeks - 1 - at
      return { from: new Date(end - (age + 1) * weekMs).toISOString(), reports: within(age, age + 1) }
    }),
  }
}
