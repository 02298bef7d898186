import { z } from 'zod'

/** An instant with offset, kept as the text it came in; `toUtc` gives the canonical form. */
export const Instant = z.iso.datetime({ offset: true })
/** A calendar day, `YYYY-MM-DD`. */
export const Day = z.iso.date()
/** An instant, or a day that stands for its last millisecond in UTC. */
export const InstantOrDay = z.union([Instant, Day])

export type Instant = z.infer<typeof Instant>
export type Day = z.infer<typeof Day>

/** Canonical UTC form with milliseconds, so that instants compare as text. */
export const toUtc = (instant: Instant): string => new Date(instant).toISOString()

/** The upper end of an `asOf`: a day means its end, an instant itself; canonical UTC. */
export const endOfAsOf = (asOf: string): string =>
  asOf.length === 10 ? `${asOf}T23:59:59.999Z` : toUtc(asOf)
