import { finalIssueStates, issueIdOf, joinWindow } from '../../domain/issue.ts'
import type { IssueClass } from '../../domain/issue.ts'
import { Triage } from '../../domain/triage.ts'
import { issueStateQueries } from '../issues/issue-state-queries.ts'
import type { GraphClient, GraphTransaction } from '../ports.ts'
import type { TriageCommit, WorkflowStore } from '../ports/workflow.ts'
import { emitEvent } from '../webhooks/record-events.ts'
import { findIssueOfGroup, findIssueToJoin, holdDuplicateGroup, joinIssue, linkSimilarCases, lockIssueClass, openOrJoinIssue } from './issue-queries.ts'
import { readDtcMeanings, readFeedbackContext, readStoredTriage, readVehicleModel, storeTriage } from './triage-queries.ts'

/** Triage and issues in the graph. */
export const createWorkflowStore = ({ client }: { client: GraphClient }): WorkflowStore => ({
  async feedbackContext(feedbackId) {
    const row = await client.maybeOne(readFeedbackContext, { feedbackId })
    if (row === null) return null
    const { crash, fire, injuries, sos, ...context } = row
    return { ...context, flags: { crash, fire, injuries, sos } }
  },
  vehicleModel: vehicleId => client.maybeOne(readVehicleModel, { vehicleId }),
  async dtcMeanings(codes, maker) {
    if (codes.length === 0) return new Map()
    const rows = await client.all(readDtcMeanings, { codes: [...codes], maker: maker?.trim().toUpperCase() ?? null })
    return new Map(rows.map(row => [row.code, row.meaning]))
  },
  async storedTriage(feedbackId) {
    const row = await client.maybeOne(readStoredTriage, { feedbackId })
    if (row === null) return null
    const triage = Triage.safeParse(JSON.parse(row.content))
    // One that an older version wrote in another shape is made anew.
    return triage.success ? { triage: triage.data, feedbackSha256: row.feedbackSha256, issueId: row.issueId } : null
  },
  commitTriage: commit =>
    client.write(async tx => {
      const issue = commit.issueClass === null ? null : await openOrJoin(tx, commit, commit.issueClass)
      await tx.one(storeTriage, {
        feedbackId: commit.feedbackId,
        feedbackSha256: commit.feedbackSha256,
        content: JSON.stringify(commit.triage),
        triagedAt: commit.triagedAt,
        vocabularyVersion: commit.vocabularyVersion,
        qualityIssue: commit.triage.qualityIssue,
        severity: commit.triage.severity?.level ?? null,
        hazards: commit.triage.hazards.map(hazard => hazard.key),
        component: commit.issueClass?.component ?? null,
        symptom: commit.issueClass?.symptom ?? null,
        model: commit.issueClass?.model?.trim().toLowerCase() ?? null,
      })
      await announce(tx, commit, issue)
      return { issueId: issue?.issueId ?? null, issueIsNew: issue?.issueIsNew ?? false }
    }),
})

const announce = async (tx: GraphTransaction, { feedbackId, triagedAt: at }: TriageCommit, issue: { issueId: string; issueIsNew: boolean; joined: boolean } | null): Promise<void> => {
  await emitEvent(tx, { type: 'feedback.triaged', subject: feedbackId, at })
  if (issue?.joined) await emitEvent(tx, { type: issue.issueIsNew ? 'issue.opened' : 'issue.updated', subject: issue.issueId, at })
}

const openOrJoin = async (tx: GraphTransaction, commit: TriageCommit, issueClass: IssueClass) => {
  const { id: classId, component, symptom, model } = issueClass
  const { feedbackId, receivedAt, triage } = commit
  const finalStates = [...finalIssueStates]
  // The locks come before the look: what is read after them holds until this transaction ends.
  await tx.all(holdDuplicateGroup, { feedbackId })
  await tx.one(lockIssueClass, { classId, component, symptom, model, at: commit.triagedAt })
  const found = await tx.one(findIssueToJoin, { feedbackId, classId, ...joinWindow(receivedAt), finalStates })
  if (found.raisedId !== null) return { issueId: found.raisedId, issueIsNew: false, joined: false }
  const severity = triage.severity?.level ?? null
  const ofGroup = await tx.maybeOne(findIssueOfGroup, { feedbackId, finalStates })
  const issueId = ofGroup?.issueId ?? found.openId ?? issueIdOf(classId, found.issuesOfClass)
  const path = ofGroup === null ? (found.openVia ?? []) : []
  // What was merged away from the class leaves the target no issue of the class.
  if (ofGroup !== null || path.length > 0) await tx.one(joinIssue, { issueId, feedbackId, severity, receivedAt })
  else
    await tx.one(openOrJoinIssue, {
      issueId, classId, component, symptom, model, feedbackId, severity, receivedAt,
      firstResponseDueAt: triage.due.firstResponseAt,
      resolutionDueAt: triage.due.resolutionAt,
    })
  const hazards = triage.hazards.map(hazard => hazard.key)
  await tx.one(issueStateQueries.noteArrival, { issueId, feedbackId, department: triage.department?.key ?? null, hazards, path, at: commit.triagedAt })
  const cases = triage.similarCases.map(({ caseId, score, facets }) => ({ caseId, score, facets: JSON.stringify(facets) }))
  if (cases.length > 0) await tx.all(linkSimilarCases, { issueId, cases })
  return { issueId, issueIsNew: ofGroup === null && found.openId === null, joined: true }
}
