import { z } from 'zod'
import { FishboneError } from '../../domain/error.ts'
import { finalIssueStates } from '../../domain/issue.ts'
import type { HeldFeedback, IssueChanges, IssueRecord, IssueStore } from '../../graph/ports/issues.ts'
import { heldIssue, settled } from './change-issues.ts'
import { derivedFrom } from './derived-from.ts'

/** Where the feedback that was split off came from, to be given back when it is undone. */
const SplitOff = z.object({ moved: z.array(z.object({ feedbackId: z.string(), path: z.array(z.string()) })) })

type SplitServices = {
  store: Pick<IssueStore, 'change'>
  now: () => Date
  newId: () => string
  dueOf: (receivedAt: string) => { firstResponseAt: string; resolutionAt: string }
}

const isFinal = (issue: IssueRecord) => (finalIssueStates as readonly string[]).includes(issue.state)

/** Parts feedback that is another problem from an issue. */
export const createSplitIssues =
  ({ store, now, newId, dueOf }: SplitServices) =>
  /**
   * Opens an issue of some feedback of another one. Its clocks start at the first of that feedback; later reports of the class stay with the other.
   *
   * @returns the id of the new issue.
   * @throws FB_NOT_FOUND; FB_INVALID for feedback the issue does not hold, or where none would be left; FB_CONFLICT where it is over.
   */
  (issueId: string, { feedbackIds, reason, by }: { feedbackIds: readonly string[]; reason: string; by: string }): Promise<string> => {
    const splitId = `ISS-${newId()}`
    return store.change(async changes => {
      const at = now().toISOString()
      await changes.hold([issueId], at)
      const issue = await heldIssue(changes, issueId)
      if (isFinal(issue)) throw new FishboneError('FB_CONFLICT', `the issue is ${issue.state}: only an open one is split`, { details: { issueId } })
      const held = await changes.held(issueId)
      const moved = chosen(held, feedbackIds)
      const stay = held.filter(one => !feedbackIds.includes(one.feedbackId))
      if (stay.length === 0) throw invalid('the issue would hold nothing any more', '/feedbackIds', 'leave at least one feedback')
      await openSplit(changes, issue, { splitId, moved, at, dueOf })
      // A way of its own begins: what was merged before is no part of the new issue.
      await changes.move(issueId, splitId, moved.map(one => ({ feedbackId: one.feedbackId, path: [] })))
      const split = await heldIssue(changes, splitId)
      await changes.write(settled({ ...split, ...derivedFrom(moved, split.openedAt), firstResponseAt: issue.firstResponseAt }))
      await changes.write(settled({ ...issue, ...derivedFrom(stay, issue.openedAt) }))
      const content = { moved: moved.map(({ feedbackId, path }) => ({ feedbackId, path })) }
      await changes.record(issueId, { kind: 'split', at, by, from: null, to: splitId, note: reason, content: null })
      await changes.record(splitId, { kind: 'split-off', at, by, from: issueId, to: null, note: reason, content })
      await changes.emit({ type: 'issue.updated', issueId }, at)
      await changes.emit({ type: 'issue.opened', issueId: splitId }, at)
      return splitId
    })
  }

export type SplitIssue = ReturnType<typeof createSplitIssues>

/** Gives the feedback of an issue that was split off back to where it came from, the way it was; the issue stays as merged into that. */
export const undoSplit = async (changes: IssueChanges, split: IssueRecord, { reason, by, at }: { reason: string | null; by: string; at: string }): Promise<void> => {
  const { issueId, splitFrom } = split
  if (splitFrom === null) throw new FishboneError('FB_CONFLICT', 'the issue was neither merged nor split off', { details: { issueId } })
  if (isFinal(split)) throw new FishboneError('FB_CONFLICT', `the issue is ${split.state}: only an open one goes back`, { details: { issueId } })
  await changes.hold([splitFrom], at)
  const source = await heldIssue(changes, splitFrom)
  if (isFinal(source)) throw new FishboneError('FB_CONFLICT', `${splitFrom} is ${source.state}: it takes no feedback back`, { details: { issueId, splitFrom } })
  const kept = SplitOff.safeParse((await changes.lastChange(issueId, 'split-off'))?.content)
  const paths = new Map(kept.success ? kept.data.moved.map(one => [one.feedbackId, one.path]) : [])
  const held = await changes.held(issueId)
  await changes.move(issueId, splitFrom, held.map(one => ({ feedbackId: one.feedbackId, path: paths.get(one.feedbackId) ?? [...one.path, issueId] })))
  await changes.write(settled({ ...source, ...derivedFrom(await changes.held(splitFrom), source.lastActivityAt) }))
  await changes.write(settled({ ...split, state: 'merged', stateBefore: split.state }))
  await changes.linkMerge(issueId, splitFrom, at)
  await changes.record(issueId, { kind: 'merge', at, by, from: split.state, to: splitFrom, note: reason, content: null })
  await changes.record(splitFrom, { kind: 'absorb', at, by, from: issueId, to: null, note: reason, content: null })
  await changes.emit({ type: 'issue.updated', issueId }, at)
  await changes.emit({ type: 'issue.updated', issueId: splitFrom }, at)
}

const invalid = (message: string, pointer: string, hint: string) => new FishboneError('FB_INVALID', message, { details: { errors: [{ pointer, message: hint }] } })

const chosen = (held: readonly HeldFeedback[], feedbackIds: readonly string[]): HeldFeedback[] => {
  const byId = new Map(held.map(one => [one.feedbackId, one]))
  return feedbackIds.map((feedbackId, at) => {
    const found = byId.get(feedbackId)
    if (found === undefined) throw invalid('the issue does not hold all of this feedback', `/feedbackIds/${at}`, 'is no feedback of this issue')
    return found
  })
}

/** The class most of its feedback was filed under. */
const commonClass = (moved: readonly HeldFeedback[]): Pick<HeldFeedback, 'component' | 'symptom' | 'model'> => {
  const keyOf = ({ component, symptom, model }: HeldFeedback) => JSON.stringify([component, symptom, model])
  const sharing = (one: HeldFeedback) => moved.filter(other => keyOf(other) === keyOf(one)).length
  return moved.reduce((common, one) => (sharing(one) > sharing(common) ? one : common))
}

const openSplit = (
  changes: IssueChanges,
  source: IssueRecord,
  { splitId, moved, at, dueOf }: { splitId: string; moved: readonly HeldFeedback[]; at: string; dueOf: SplitServices['dueOf'] },
): Promise<void> => {
  const openedAt = moved.map(one => one.receivedAt).toSorted()[0]!
  const due = dueOf(openedAt)
  const { component, symptom, model } = commonClass(moved)
  // The model as the issue spells it, where it is the same one.
  const spelt = model !== null && source.model?.toLowerCase() === model ? source.model : model
  return changes.createSplit(
    { issueId: splitId, openedAt, lastActivityAt: openedAt, firstResponseDueAt: due.firstResponseAt, resolutionDueAt: due.resolutionAt, component, symptom, model: spelt, department: source.department },
    source.issueId, at,
  )
}
