import { expect, it } from 'vitest'
import type { FeedbackContext } from '../../src/domain/issue.ts'
import type { Triage } from '../../src/domain/triage.ts'
import type { ArrivedFeedback } from '../../src/graph/ports/workflow.ts'
import { createRaiseStoredFeedback } from '../../src/workflow/accept-feedback.ts'

const now = '2026-11-23T02:00:00.000Z'

/** What triage and filing are handed for a report that says it was received then. */
async function handedFor(receivedAt: string): Promise<string[]> {
  const handed: string[] = []
  const context = { feedbackId: 'app:F-1', feedbackSha256: 'a', receivedAt } as FeedbackContext
  const raise = createRaiseStoredFeedback({
    store: { arrived: () => Promise.resolve({ context, report: {} } as ArrivedFeedback), storedTriage: () => Promise.resolve(null), arriving: () => Promise.reject(new Error('not here')) } as never,
    triageFeedback: one => (handed.push(one.receivedAt), Promise.resolve({} as Triage)),
    fileTriage: { compare: () => Promise.resolve({} as never), file: one => (handed.push(one.context.receivedAt), Promise.resolve({ issueId: 'ISS-1', issueIsNew: true, triage: {} as Triage })) },
    edgesOf: () => Promise.resolve([]),
    now: () => new Date(now),
  })
  await raise('app:F-1')
  return handed
}

it('starts the clocks of a report from the future now, and of any other when it was received', async () => {
  expect(await handedFor('2031-01-01T00:00:00.000Z')).toEqual([now, now])
  expect(await handedFor('2026-11-22T23:00:00.000Z')).toEqual(['2026-11-22T23:00:00.000Z', '2026-11-22T23:00:00.000Z'])
})
