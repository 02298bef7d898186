import type { HeldFeedback } from '../../graph/ports/issues.ts'

export const latest = (...instants: string[]): string => instants.toSorted().at(-1)!

/** Severity, hazards and activity that follow from the feedback an issue holds. @param since the earliest the activity may be. */
export const derivedFrom = (held: readonly HeldFeedback[], since: string) => ({
  severity: held.reduce<number | null>((gravest, one) => (one.severity !== null && one.severity > (gravest ?? 0) ? one.severity : gravest), null),
  hazards: [...new Set(held.flatMap(one => one.hazards))],
  lastActivityAt: latest(since, ...held.map(one => one.receivedAt)),
})
