import type { ClassReport } from '../../domain/fleet.ts'
import type { ReportDetail } from '../../graph/ports/collective.ts'

/** One event: its first report, and what is known of it. */
export type DistinctReport = { report: ClassReport; detail: ReportDetail }

const dayMs = 86_400_000
/** A car's reports of a class within so many days of the first are one event, as in every count. */
const windowDays = 30
/** A report less likely than not of the class is left out, as in every count. */
const minLinkWeight = 0.5

/** The report that stands for a group of duplicates: follow `sameAs` to its end. */
const rootOf = (id: string, sameAs: ReadonlyMap<string, string>): string => {
  let root = id
  for (let next = sameAs.get(root); next !== undefined && next !== id; next = sameAs.get(root)) root = next
  return root
}

/**
 * Reports of a class as events: reports that repeat another are dropped, and of one car those within thirty days of the first.
 *
 * @returns events in order of time, and how many reports were folded into them.
 */
export const distinctReports = (reports: readonly ClassReport[], details: ReadonlyMap<string, ReportDetail>): { events: DistinctReport[]; excludedDuplicates: number } => {
  const likely = reports
    .filter(({ linkWeight }) => linkWeight >= minLinkWeight)
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.recordId < b.recordId ? -1 : 1))
  const ids = new Set(likely.map(({ recordId }) => recordId))
  const sameAs = new Map([...details.values()].flatMap(({ id, sameAs: others }) => others.filter(other => ids.has(other)).slice(0, 1).map(other => [id, other] as const)))
  const seen = new Set<string>()
  const lastOfCar = new Map<string, number>()
  const events = likely.flatMap((report): DistinctReport[] => {
    const detail = details.get(report.recordId)
    const root = rootOf(report.recordId, sameAs)
    if (!detail || seen.has(root)) return []
    const at = Date.parse(report.at)
    const last = report.vehicleId === null ? undefined : lastOfCar.get(report.vehicleId)
    if (last !== undefined && at - last <= windowDays * dayMs) return []
    seen.add(root)
    if (report.vehicleId !== null) lastOfCar.set(report.vehicleId, at)
    return [{ report, detail }]
  })
  return { events, excludedDuplicates: likely.length - events.length }
}
