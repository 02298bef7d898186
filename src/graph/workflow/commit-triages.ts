import { FishboneError } from '../../domain/error.ts'
import { finalIssueStates } from '../../domain/issue.ts'
import { createIssueBook, isGraver, type ChosenIssue, type FoundIssues, type IssueBook } from '../../domain/issue-book.ts'
import type { GraphTransaction } from '../ports.ts'
import type { CommittedTriage, TriageCommit } from '../ports/workflow.ts'
import { emitEvents } from '../webhooks/record-events.ts'
import { findIssues, holdGroups, raiseIssues } from './issue-queries.ts'
import { storeTriages } from './triage-queries.ts'

/** `isChanged`: the issue is new to the report, or the report tells worse than it says. */
type Filing = ChosenIssue & { isChanged: boolean }
const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1)

/**
 * Stores the triage of some feedback, opens or joins their issues and says so, in a transaction that has settled how they belong together. Each
 * feedback once; the outcome is that of one after the other.
 */
export const commitTriages = async (tx: GraphTransaction, commits: readonly TriageCommit[], at: string): Promise<CommittedTriage[]> => {
  const chosen = await chooseIssues(tx, commits, at)
  const outcomes = commits.map(({ feedbackId }): CommittedTriage => {
    const issue = chosen.get(feedbackId)
    return { issueId: issue?.issueId ?? null, issueIsNew: issue?.how === 'opened' }
  })
  const raised = commits.filter(({ feedbackId }) => chosen.get(feedbackId)?.isChanged === true)
  const events = commits.flatMap(({ feedbackId }) => {
    const issue = chosen.get(feedbackId)
    const triaged = { type: 'feedback.triaged', subject: feedbackId, at } as const
    return issue?.isChanged !== true ? [triaged] : [triaged, { type: issue.how === 'opened' ? 'issue.opened' : 'issue.updated', subject: issue.issueId, at } as const]
  })
  // Done in this order; none waits for the answer of the one before.
  const [, stored] = await Promise.all([
    raised.length > 0 && tx.all(raiseIssues, { rows: raised.map(commit => raisedRow(commit, chosen.get(commit.feedbackId)!)), at }),
    tx.all(storeTriages, { triages: commits.map(triageRow), at }),
    emitEvents(tx, events),
  ])
  if (stored.length !== commits.length) throw new FishboneError('FB_NOT_FOUND', 'feedback went away while it was triaged')
  return outcomes
}

const chooseIssues = async (tx: GraphTransaction, commits: readonly TriageCommit[], at: string): Promise<Map<string, Filing>> => {
  if (commits.length === 0) return new Map()
  const classes = [...new Map(commits.flatMap(({ issueClass }) => (issueClass ? [[issueClass.id, issueClass] as const] : []))).values()].sort(byId)
  // The locks come before the look: what is read after them holds until this transaction ends.
  const held = tx.all(holdGroups, { feedbackIds: commits.map(({ feedbackId }) => feedbackId).sort(), classes, at })
  const asked = commits.map(({ feedbackId, issueClass }, place) => ({ at: place, feedbackId, classId: issueClass?.id ?? null }))
  const [, rows] = await Promise.all([held, tx.all(findIssues, { asked, finalStates: [...finalIssueStates] })])
  const found = new Map(rows.map(row => [row.at, row]))
  const book = createIssueBook()
  return new Map(commits.flatMap(({ feedbackId, receivedAt, issueClass, triage }, place) => {
    const row = found.get(place)
    if (!row) return []
    const issue = chooseOne(book, { feedbackId, receivedAt, issueClass }, row)
    if (!issue) return []
    const told = { severity: triage.severity?.level ?? null, hazards: triage.hazards.map(({ key }) => key) }
    return [[feedbackId, { ...issue, isChanged: issue.how !== 'kept' || isGraver(told, row) }] as const]
  }))
}

/** What is no quality issue opens and joins none, but one that was set right to be none stays with the issue it raised: only a person takes it out. */
const chooseOne = (book: IssueBook, { issueClass, ...report }: Pick<TriageCommit, 'feedbackId' | 'receivedAt' | 'issueClass'>, found: FoundIssues): ChosenIssue | null =>
  issueClass === null && found.raisedId === null ? null : book.choose({ ...report, classId: issueClass?.id ?? '' }, found)

const raisedRow = ({ feedbackId, issueClass, receivedAt, triage }: TriageCommit, { issueId, how, path }: ChosenIssue) => {
  const { component, symptom, model } = issueClass ?? { component: null, symptom: null, model: null }
  return {
    issueId, feedbackId, component, symptom, model, receivedAt,
    // What was merged away from the class, is the issue of the group, or was raised by an earlier text, is none of the class.
    classId: how === 'of-group' || how === 'kept' || path.length > 0 ? null : (issueClass?.id ?? null),
    department: triage.department?.key ?? null,
    severity: triage.severity?.level ?? null,
    firstResponseDueAt: triage.due.firstResponseAt,
    resolutionDueAt: triage.due.resolutionAt,
    hazards: triage.hazards.map(({ key }) => key),
    path: [...path],
    cases: triage.similarCases.map(({ caseId, score, facets }) => ({ caseId, score, facets: JSON.stringify(facets) })),
  }
}

const triageRow = ({ feedbackId, feedbackSha256, triage, vocabularyVersion, issueClass }: TriageCommit) => ({
  feedbackId, feedbackSha256, vocabularyVersion,
  content: JSON.stringify(triage),
  qualityIssue: triage.qualityIssue,
  severity: triage.severity?.level ?? null,
  hazards: triage.hazards.map(({ key }) => key),
  component: issueClass?.component ?? null,
  symptom: issueClass?.symptom ?? null,
  model: issueClass?.model?.trim().toLowerCase() ?? null,
})
