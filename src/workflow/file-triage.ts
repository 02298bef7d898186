import { issueClassOf } from '../domain/issue.ts'
import type { FeedbackContext } from '../domain/issue.ts'
import type { Triage } from '../domain/triage.ts'
import { gathered } from '../gathered.ts'
import type { DuplicateEdge } from '../graph/ports/duplicates.ts'
import type { CommittedTriage, TriageCommit, WorkflowStore } from '../graph/ports/workflow.ts'
import type { Comparison, CompareTogether } from './duplicates/compare-together.ts'
import { linksOf } from './duplicates/find-duplicates.ts'

/** A triaged report with what it was held against. */
export type TriagedArrival = { context: FeedbackContext; triage: Triage; comparison: Comparison }

export type FiledTriage = CommittedTriage & { triage: Triage }

export type FileTriage = {
  /** What a report may belong to, read ahead. */
  compare: CompareTogether['prepare']
  /**
   * Settles how a report belongs to others, stores its triage and opens or joins its issue, in one transaction. Reports that are ready at the same time
   * share it; each has the outcome of one after the other, and an error of its own.
   *
   * @throws FB_GRAPH_UNAVAILABLE
   */
  file: (arrival: TriagedArrival) => Promise<FiledTriage>
}

/** Arrivals in one transaction: it holds their cars and classes meanwhile. */
const mostTogether = 25

export const createFileTriage = ({ store, together, vocabularyVersion, now }: {
  store: Pick<WorkflowStore, 'arriving'>
  together: CompareTogether
  vocabularyVersion: string
  now: () => Date
}): FileTriage => {
  const fileAll = (arrivals: readonly TriagedArrival[]): Promise<FiledTriage[]> => {
    const comparisons = arrivals.map(({ comparison }) => comparison)
    return store.arriving(together.heldFor(comparisons), async tx => {
      const edges = new Map((await together.settle(tx, comparisons)).map((own, at) => [comparisons[at]!.report.id, own]))
      const commits = arrivals.map(({ context, triage }) => commitOf(context, withRelations(triage, context.feedbackId, edges.get(context.feedbackId) ?? []), vocabularyVersion))
      const outcomes = await tx.commitTriages(commits, now().toISOString())
      return commits.map(({ triage }, at) => ({ ...outcomes[at]!, triage }))
    })
  }
  return { compare: together.prepare, file: gathered({ answer: fileAll, most: mostTogether, keyOf: ({ context }) => context.feedbackId }) }
}

/** Relations may change after a triage was stored: later reports come, and people take some back. */
export const withRelations = (triage: Triage, feedbackId: string, edges: readonly DuplicateEdge[]): Triage => ({ ...triage, duplicates: linksOf(feedbackId, edges, triage.language) })

const commitOf = ({ feedbackId, feedbackSha256, receivedAt, model }: FeedbackContext, triage: Triage, vocabularyVersion: string): TriageCommit => ({
  feedbackId, feedbackSha256, triage, vocabularyVersion, receivedAt,
  issueClass: triage.qualityIssue ? issueClassOf({ feedbackId, findings: triage.findings, model }) : null,
})
