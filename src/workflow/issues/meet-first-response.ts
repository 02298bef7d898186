import type { IssueStore } from '../../graph/ports/issues.ts'
import { settled } from './change-issues.ts'

/** Meets the first response of the issues that some feedback raised, once it is marked as answered. An issue that met it before keeps its instant. */
export const createMeetFirstResponse =
  ({ store, now }: { store: Pick<IssueStore, 'issuesOf' | 'change'>; now: () => Date }) =>
  async (feedbackIds: readonly string[]): Promise<void> => {
    for (const issueId of await store.issuesOf(feedbackIds))
      await store.change(async changes => {
        const at = now().toISOString()
        await changes.hold([issueId], at)
        const issue = await changes.read(issueId)
        if (issue === null || issue.firstResponseAt !== null) return
        const firstResponseAt = await changes.answeredAt(issueId, at)
        if (firstResponseAt === null) return
        await changes.write(settled({ ...issue, firstResponseAt }))
        await changes.emit({ type: 'issue.updated', issueId }, at)
      })
  }
