import { randomUUID } from 'node:crypto'
import { createAlertStore } from '../graph/alerts/alert-store.ts'
import { issueEvidenceStatement, openInBrowser } from '../graph/browser/browser-link.ts'
import { createErasureStore } from '../graph/erasure/erasure-store.ts'
import { createIssueStore } from '../graph/issues/issue-store.ts'
import { createJobStore } from '../graph/jobs/job-store.ts'
import { webhookQueries } from '../graph/webhooks/webhook-queries.ts'
import { createWebhookStore } from '../graph/webhooks/webhook-store.ts'
import { loadVinKey } from '../ingest/vin-vault.ts'
import { importJob } from '../jobs/job-kinds.ts'
import { startSweep } from '../jobs/sweep.ts'
import { memo } from '../memo.ts'
import { createDropWaiting } from '../workflow/erasure/drop-waiting.ts'
import { createDropRejects } from '../workflow/erasure/drop-rejects.ts'
import { createErasePerson } from '../workflow/erasure/erase-person.ts'
import { createChangeIssues } from '../workflow/issues/change-issues.ts'
import { createIssueEvidence } from '../workflow/issues/issue-evidence.ts'
import { createMeetFirstResponse } from '../workflow/issues/meet-first-response.ts'
import { createMergeIssues } from '../workflow/issues/merge-issues.ts'
import { createReadClosedLoop } from '../workflow/issues/read-closed-loop.ts'
import { createShowIssues } from '../workflow/issues/show-issues.ts'
import { createSplitIssues } from '../workflow/issues/split-issues.ts'
import { createWatchClocks } from '../workflow/issues/watch-clocks.ts'
import { withoutPeople } from '../workflow/issues/without-people.ts'
import { dueInstants } from '../workflow/service-level.ts'
import { createDeliverWebhooks } from '../workflow/webhooks/deliver-webhooks.ts'
import type { ReadSubject } from '../workflow/webhooks/event-body.ts'
import { createManageWebhooks } from '../workflow/webhooks/manage-webhooks.ts'
import { createPostEvent } from '../workflow/webhooks/post-event.ts'
import { createIsPrivateAddress } from '../workflow/webhooks/private-addresses.ts'
import { defaultSchedule } from '../workflow/webhooks/retry-schedule.ts'
import { createSecretSeal } from '../workflow/webhooks/secret-seal.ts'
import type { Foundation } from './foundation.ts'

const clocksMs = 15_000
const deliverMs = 1_000
const purgeMs = 3_600_000
const answerMs = 15_000
/** Events and their deliveries are kept for a replay this long. */
const keptDays = 30
const purgeBatch = 5_000

export type SuggestionReaders = {
  /** The newest set of an issue. @throws FB_NOT_FOUND where none was made. */
  latest: (issueId: string) => Promise<unknown>
  one: (suggestionId: string) => Promise<unknown>
}

/** The life of issues, their clocks, and telling other systems. */
export const createIssueParts = (foundation: Foundation, { suggestions, readFeedback }: { suggestions: SuggestionReaders; readFeedback: (feedbackId: string) => Promise<unknown> }) => {
  const { config, logger, now, graph, language, neo4j, privacy, giveWay } = foundation
  const issueStore = memo(async () => createIssueStore({ client: await graph() }))
  const webhookStore = memo(async () => createWebhookStore({ client: await graph() }))
  const isPrivate = createIsPrivateAddress()
  const { allowPrivate } = config.webhooks
  const secretSeal = memo(async () => createSecretSeal({ key: await loadVinKey({ dataDir: config.dataDir, hex: config.vinKeyHex }) }))

  /** An issue of which nothing was suggested yet is shown, and told, without. */
  const latestSuggestions = (issueId: string): Promise<unknown> => suggestions.latest(issueId).catch(gone)

  const issues = memo(async () => {
    const [store, { vocabulary }] = await Promise.all([issueStore(), language()])
    return {
      ...createShowIssues({
        store, rules: config.sla, now, suggestionsOf: latestSuggestions,
        withParts: component => [component, ...[...vocabulary.components.keys()].filter(key => key !== component && vocabulary.isWithin(key, component))],
      }),
      readGraph: createIssueEvidence({ store, statementFor: issueEvidenceStatement, linkTo: linkToBrowser }),
    }
  })
  const linkToBrowser = async (statement: string): Promise<string | null> => {
    const { browserUrl, uri, user } = await neo4j()
    return browserUrl === null ? null : openInBrowser(statement, { browserUrl, uri, user })
  }

  const issueChanges = memo(async () => {
    const [store, { redactor }] = await Promise.all([issueStore(), privacy()])
    const changes = {
      ...createChangeIssues({ store, now }),
      ...createMergeIssues({ store, now }),
      split: createSplitIssues({ store, now, newId: () => randomUUID().replaceAll('-', '').slice(0, 16), dueOf: receivedAt => dueInstants(receivedAt, config.sla) }),
    }
    return withoutPeople(changes, text => redactor.redact(text).text)
  })
  const meetFirstResponse = memo(async () => createMeetFirstResponse({ store: await issueStore(), now }))
  const readClosedLoop = memo(async () => createReadClosedLoop({ store: await issueStore(), now }))
  const erase = memo(async () => {
    const [client, { vinVault }] = await Promise.all([graph(), privacy()])
    const jobs = createJobStore({ client })
    return createErasePerson({
      store: createErasureStore({ client }), vins: vinVault, dropRejects: createDropRejects({ dataDir: config.dataDir }), dropWaiting: createDropWaiting({ dataDir: config.dataDir }), now,
      runningImports: async () => (await jobs.list({ state: 'running', kind: importJob.kind, after: null, limit: 200 })).length,
    })
  })
  const watchClocks = memo(async () => createWatchClocks({ store: await issueStore(), rules: config.sla, now, giveWay }))

  const webhooks = memo(async () => createManageWebhooks({ store: await webhookStore(), seal: await secretSeal(), isPrivate, allowPrivate, now, newId: randomUUID }))
  const deliverWebhooks = memo(async () =>
    createDeliverWebhooks({
      store: await webhookStore(), seal: await secretSeal(), post: createPostEvent({ isPrivate, allowPrivate, timeoutMs: answerMs }), readSubject: await readSubject(),
      schedule: defaultSchedule, now, random: Math.random, newId: randomUUID,
      onError: (error, webhookId) => logger.warn({ err: error, webhookId }, 'sending to this webhook stopped; the next sweep goes on'),
    }),
  )
  /** What the matching GET gives of what an event is about. */
  const readSubject = memo(async (): Promise<ReadSubject> => {
    const [client, { readIssue }] = await Promise.all([graph(), issues()])
    const alerts = createAlertStore({ client })
    return async (type, subject) => {
      if (type === 'feedback.triaged') return readFeedback(subject)
      if (type === 'alert.raised' || type === 'alert.cleared') return alerts.find(subject)
      if (type === 'action.recurrence') return client.maybeOne(webhookQueries.recurrence, { recurrenceId: subject })
      if (type === 'suggestion.created') return latestSuggestions(subject)
      if (type === 'suggestion.decided') return suggestions.one(subject)
      return readIssue(subject).catch(gone)
    }
  })

  const closing = new AbortController()
  const startIssueSweeps = memo(async () => {
    const [watch, deliver, store] = await Promise.all([watchClocks(), deliverWebhooks(), webhookStore()])
    const failed = (what: string) => (error: unknown) => closing.signal.aborted || logger.warn({ err: error }, what)
    const purge = async () => {
      // Also here: an event may have been written for a webhook while that was being disabled.
      await store.giveUpDisabled()
      return store.purge(new Date(now().getTime() - keptDays * 86_400_000).toISOString(), purgeBatch)
    }
    return [
      startSweep({ work: () => watch({ signal: closing.signal }), everyMs: clocksMs, onError: failed('the clocks of issues were not read; the next sweep does it') }),
      startSweep({ work: () => deliver({ signal: closing.signal }), everyMs: deliverMs, onError: failed('webhooks were not sent; the next sweep does it') }),
      startSweep({ work: purge, everyMs: purgeMs, onError: failed('old events stay') }),
    ]
  })

  const close = async () => {
    closing.abort()
    for (const sweep of (await startIssueSweeps.made()) ?? []) await sweep.stop()
  }

  return { issues, issueChanges, meetFirstResponse, readClosedLoop, erase, watchClocks, webhooks, secretSeal, deliverWebhooks, startIssueSweeps, close }
}

export type IssueParts = ReturnType<typeof createIssueParts>

/** What is not there, or not any more by the time an event is sent, is null. */
const gone = (error: unknown): null => {
  if ((error as { code?: unknown }).code === 'FB_NOT_FOUND') return null
  throw error
}
