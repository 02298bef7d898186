import { FishboneError } from '../../domain/error.ts'
import { readClock } from '../../domain/issue-clock.ts'
import { countReports } from '../../domain/issue-counts.ts'
import { disciplineOf, nextStates } from '../../domain/issue-lifecycle.ts'
import type { IssueDetail, IssueSummary } from '../../domain/issue-view.ts'
import type { IssueCounts, IssueQuestion, IssueRecord, IssueStore } from '../../graph/ports/issues.ts'
import { clocksOf, riskHorizons } from './clock-times.ts'
import type { ClockRules } from './clock-times.ts'
import { historyOf, timelineOf } from './issue-timeline.ts'

export type ShowIssuesServices = {
  store: Pick<IssueStore, 'list' | 'records' | 'counts' | 'view'>
  rules: ClockRules
  /** A component and everything it is made of. */
  withParts: (component: string) => readonly string[]
  /** The newest suggestions of an issue, as their own call gives them. */
  suggestionsOf: (issueId: string) => Promise<unknown>
  now: () => Date
}

export type IssueFilter = Partial<Pick<IssueQuestion, 'symptom' | 'model' | 'hazard' | 'owner' | 'department' | 'severityMin' | 'overdue'>> & { state?: readonly string[]; component?: string }

/** Feedback shown with one issue; a count says how many there are. */
const shownFeedback = 200

export const issueNotFound = (issueId: string) => new FishboneError('FB_NOT_FOUND', `there is no issue ${issueId}`, { details: { issueId } })

/** Lists issues and shows one. */
export const createShowIssues = (services: ShowIssuesServices) => {
  const { store, withParts, now } = services

  const summariesOf = async (records: readonly IssueRecord[]): Promise<IssueSummary[]> => {
    const counts = new Map((await store.counts(records.map(record => record.issueId))).map(one => [one.issueId, one]))
    return records.map(record => summaryOf(record, counts.get(record.issueId), { rules: services.rules, now: now().toISOString() }))
  }

  return {
    /** Latest activity first. @param page.after the last issue of the page before. */
    listIssues: async ({ state, component, ...filter }: IssueFilter, page: { after: { lastActivityAt: string; issueId: string } | null; limit: number }): Promise<IssueSummary[]> => {
      const ids = await store.list({
        states: state ?? null, components: component === undefined ? null : withParts(component), symptom: filter.symptom ?? null, model: filter.model ?? null,
        hazard: filter.hazard ?? null, owner: filter.owner ?? null, department: filter.department ?? null, severityMin: filter.severityMin ?? null,
        overdue: filter.overdue ?? null, now: now().toISOString(), ...page,
      })
      return summariesOf(await store.records(ids))
    },

    /** @throws FB_NOT_FOUND */
    readIssue: async (issueId: string): Promise<IssueDetail> => {
      const view = await store.view(issueId, shownFeedback)
      if (view === null) throw issueNotFound(issueId)
      const { record, counts, feedback, history, candidates } = view
      const newest = history.analyses[0]
      // Most issues have none: asking costs as much as all of the above.
      const suggestions = view.isSuggested ? await services.suggestionsOf(issueId) : null
      return {
        ...summaryOf(record, counts, { rules: services.rules, now: now().toISOString() }),
        stateHistory: historyOf(record, history),
        next: nextStates(record.state, record.stateBefore),
        feedback: feedback.map(({ path, ...one }) => ({ ...one, from: path?.at(-1) ?? null })),
        timeline: timelineOf(record, history, feedback),
        similarCases: history.cases,
        latestAnalysis: newest ? { analysisId: newest.analysisId, asOf: newest.asOf, createdAt: newest.createdAt, verdict: newest.verdict, verdictReason: newest.reason, candidates } : null,
        alerts: history.alerts,
        suggestions,
        mergedFrom: history.mergedFrom,
        splitFrom: record.splitFrom,
      }
    },
  }
}

export type ShowIssues = ReturnType<typeof createShowIssues>

const summaryOf = (record: IssueRecord, counts: IssueCounts | undefined, { rules, now }: { rules: ClockRules; now: string }): IssueSummary => {
  const riskFrom = riskHorizons(rules, now)
  const clocks = clocksOf(record)
  const firstResponse = readClock({ ...clocks['first-response'], issueState: record.state, now, riskFrom: riskFrom['first-response'] })
  const resolution = readClock({ ...clocks.resolution, issueState: record.state, now, riskFrom: riskFrom.resolution })
  const { issueId, state, component, symptom, model, severity, hazards, department, owner, externalRef, openedAt, lastActivityAt, mergedInto, revision } = record
  return {
    issueId, state, discipline: disciplineOf[state], component, symptom, model, severity, hazards, department, owner, externalRef, openedAt, lastActivityAt,
    counts: counts ? { feedback: counts.feedback, reports: reportsOf(counts), vehicles: counts.vehicles } : { feedback: 0, reports: 0, vehicles: 0 },
    clocks: { firstResponse, resolution },
    overdue: firstResponse.state === 'breached' || resolution.state === 'breached',
    mergedInto, revision,
  }
}

/** Only feedback with an edge can be told again; the rest count as they are. */
const reportsOf = ({ feedback, edges }: IssueCounts): number => {
  const tied = [...new Set(edges.flat())]
  return feedback - tied.length + countReports(tied, edges)
}
