import { z } from 'zod'

const share = z.number().min(0).max(1).nullable()

/** Median and 90th percentile of some hours; null where nothing was measured. */
export const HoursSpread = z.object({ median: z.number().nullable(), p90: z.number().nullable(), measured: z.int() })
export type HoursSpread = z.infer<typeof HoursSpread>

/** What became of the issues opened in a period and of its repairs; shares are null where nothing could count. Definitions: docs/operations.md. */
export const LoopFigures = z.object({
  key: z.string(),
  opened: z.int(),
  initiated: z.int(),
  initiationRate: share,
  /** Issues whose resolution was due until now, and those resolved by then. */
  due: z.int(),
  onTime: z.int(),
  onTimeClosure: share,
  closed: z.int(),
  rejected: z.int(),
  firstResponseHours: HoursSpread,
  resolutionHours: HoursSpread,
  repairs: z.int(),
  repeatRepairs: z.int(),
  repeatRepairShare: share,
  noTroubleFound: z.int(),
  noTroubleFoundShare: share,
})
export type LoopFigures = z.infer<typeof LoopFigures>

export const ClosedLoop = z.object({
  from: z.string(),
  to: z.string(),
  asOf: z.string(),
  total: LoopFigures,
  byComponent: z.array(LoopFigures),
  byModel: z.array(LoopFigures),
  /** Of repairs alone: an issue is of no service centre. */
  byServiceCenter: z.array(LoopFigures),
})
export type ClosedLoop = z.infer<typeof ClosedLoop>

export type LoopIssue = {
  component: string | null
  model: string | null
  state: string
  openedAt: string
  firstResponseAt: string | null
  resolutionDueAt: string
  resolvedAt: string | null
}
export type LoopRepair = { serviceCenter: string | null; model: string | null; components: string[]; result: string | null; isRepeat: boolean }

const hourMs = 3_600_000
const hoursBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / hourMs
const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

/** Value below which a share of the sorted values lies, linear between two (Hyndman and Fan, type 7). */
export const quantile = (sorted: readonly number[], share: number): number | null => {
  if (sorted.length === 0) return null
  const at = (sorted.length - 1) * share
  const low = Math.floor(at)
  return sorted[low]! + (at - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!)
}

const spreadOf = (hours: readonly number[]): HoursSpread => {
  const sorted = hours.toSorted((a, b) => a - b)
  return { median: quantile(sorted, 0.5), p90: quantile(sorted, 0.9), measured: sorted.length }
}

/** Figures of some issues and repairs. @param asOf until when a resolution can have been due. */
export const loopFigures = (key: string, issues: readonly LoopIssue[], repairs: readonly LoopRepair[], asOf: string): LoopFigures => {
  const initiated = issues.filter(one => one.firstResponseAt !== null)
  const resolved = issues.filter(one => one.resolvedAt !== null)
  // What a person called no issue has nothing to resolve.
  const due = issues.filter(one => one.state !== 'rejected' && one.resolutionDueAt <= asOf)
  const onTime = due.filter(one => one.resolvedAt !== null && one.resolvedAt <= one.resolutionDueAt)
  const told = repairs.filter(one => one.result !== null)
  const nothing = told.filter(one => one.result === 'no-trouble-found')
  const repeat = repairs.filter(one => one.isRepeat)
  return {
    key,
    opened: issues.length,
    initiated: initiated.length,
    initiationRate: shareOf(initiated.length, issues.length),
    due: due.length,
    onTime: onTime.length,
    onTimeClosure: shareOf(onTime.length, due.length),
    closed: issues.filter(one => one.state === 'closed').length,
    rejected: issues.filter(one => one.state === 'rejected').length,
    firstResponseHours: spreadOf(initiated.map(one => hoursBetween(one.openedAt, one.firstResponseAt!))),
    resolutionHours: spreadOf(resolved.map(one => hoursBetween(one.openedAt, one.resolvedAt!))),
    repairs: repairs.length,
    repeatRepairs: repeat.length,
    repeatRepairShare: shareOf(repeat.length, repairs.length),
    noTroubleFound: nothing.length,
    noTroubleFoundShare: shareOf(nothing.length, told.length),
  }
}

const unknown = 'unknown'

const gathered = <T>(rows: readonly T[], keysOf: (row: T) => readonly string[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const row of rows)
    for (const key of new Set(keysOf(row))) {
      const group = groups.get(key)
      if (group) group.push(row)
      else groups.set(key, [row])
    }
  return groups
}

/** Figures by group, the most issues and repairs first; a repair about several components counts with each. */
export const closedLoop = (period: { from: string; to: string; asOf: string }, issues: readonly LoopIssue[], repairs: readonly LoopRepair[]): ClosedLoop => {
  const { asOf } = period
  const by = (issueKeys: ((issue: LoopIssue) => string[]) | null, repairKeys: (repair: LoopRepair) => string[]): LoopFigures[] => {
    const [ofIssues, ofRepairs] = [issueKeys ? gathered(issues, issueKeys) : new Map<string, LoopIssue[]>(), gathered(repairs, repairKeys)]
    return [...new Set([...ofIssues.keys(), ...ofRepairs.keys()])]
      .map(key => loopFigures(key, ofIssues.get(key) ?? [], ofRepairs.get(key) ?? [], asOf))
      .toSorted((a, b) => b.opened + b.repairs - a.opened - a.repairs || (a.key < b.key ? -1 : 1))
  }
  return {
    ...period,
    total: loopFigures('all', issues, repairs, asOf),
    byComponent: by(issue => [issue.component ?? unknown], repair => (repair.components.length > 0 ? repair.components : [unknown])),
    byModel: by(issue => [issue.model?.toLowerCase() ?? unknown], repair => [repair.model?.toLowerCase() ?? unknown]),
    byServiceCenter: by(null, repair => [repair.serviceCenter ?? unknown]),
  }
}
