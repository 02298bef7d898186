import { issueIdOf, joinWindow } from './issue.ts'

/** An issue of a class that takes feedback; `via`: the merged issues on the way to it, empty where it is of the class itself. */
export type OpenIssue = { id: string; openedAt: string; lastActivityAt: string; via: readonly string[] }

/** What the graph knows of the issues one report may join. */
export type FoundIssues = {
  /** The issue it raised before, with what stands there now. */
  raisedId: string | null
  raisedSeverity: number | null
  raisedHazards: readonly string[]
  /** Reports told twice of it or of the same problem. */
  members: readonly string[]
  ofGroup: readonly { id: string; lastActivityAt: string }[]
  ofClass: readonly OpenIssue[]
  /** All of its class, whatever their state. */
  issuesOfClass: number
}

export type ChosenIssue = {
  issueId: string
  /** `kept`: it raised this issue before. */
  how: 'kept' | 'of-group' | 'of-class' | 'opened'
  /** Merged issues it came through. */
  path: readonly string[]
}

/** Whether a report that was set right tells worse than its issue says: a mild complaint may turn out to be a crash. */
export const isGraver = (report: { severity: number | null; hazards: readonly string[] }, { raisedSeverity, raisedHazards }: Pick<FoundIssues, 'raisedSeverity' | 'raisedHazards'>): boolean =>
  (report.severity ?? 0) > (raisedSeverity ?? 0) || report.hazards.some(hazard => !raisedHazards.includes(hazard))

export type IssueBook = { choose(report: { feedbackId: string; classId: string; receivedAt: string }, found: FoundIssues): ChosenIssue }

type Active = { id: string; lastActivityAt: string }
const latestFirst = (a: Active, b: Active): number => (a.lastActivityAt === b.lastActivityAt ? (a.id < b.id ? -1 : 1) : a.lastActivityAt < b.lastActivityAt ? 1 : -1)
const later = (a: string, b: string | undefined): string => (b !== undefined && b > a ? b : a)

/**
 * Chooses the issue of each report of one transaction, in their order, as if each had been written before the next was read: that of its group, else
 * the open one of its class that was active within thirty days, else a new one.
 */
export const createIssueBook = (): IssueBook => {
  const activity = new Map<string, string>()
  const raisedHere = new Map<string, string>()
  const openedHere = new Map<string, OpenIssue[]>()
  const withActivity = <I extends Active>(issue: I): I => ({ ...issue, lastActivityAt: later(issue.lastActivityAt, activity.get(issue.id)) })

  const choose = (report: { feedbackId: string; classId: string; receivedAt: string }, found: FoundIssues): ChosenIssue => {
    const raised = found.raisedId ?? raisedHere.get(report.feedbackId)
    if (raised !== undefined) return { issueId: raised, how: 'kept', path: [] }
    const joinedHere = found.members.flatMap(member => raisedHere.get(member) ?? []).map(id => ({ id, lastActivityAt: '' }))
    const group = [...found.ofGroup, ...joinedHere].map(withActivity).sort(latestFirst)[0]
    if (group) return { issueId: group.id, how: 'of-group', path: [] }
    const { from, to } = joinWindow(report.receivedAt)
    const opened = openedHere.get(report.classId) ?? []
    const ofClass = [...found.ofClass, ...opened].map(withActivity).filter(issue => issue.lastActivityAt >= from && issue.openedAt <= to)
      .sort((a, b) => a.via.length - b.via.length || latestFirst(a, b))[0]
    if (ofClass) return { issueId: ofClass.id, how: 'of-class', path: ofClass.via }
    const issue = { id: issueIdOf(report.classId, found.issuesOfClass + opened.length), openedAt: report.receivedAt, lastActivityAt: report.receivedAt, via: [] }
    openedHere.set(report.classId, [...opened, issue])
    return { issueId: issue.id, how: 'opened', path: [] }
  }

  return {
    choose(report, found) {
      const chosen = choose(report, found)
      if (chosen.how !== 'kept') {
        activity.set(chosen.issueId, later(report.receivedAt, activity.get(chosen.issueId)))
        raisedHere.set(report.feedbackId, chosen.issueId)
      }
      return chosen
    },
  }
}
