import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { FishboneError } from '../../src/domain/error.ts'
import { issueClassOf } from '../../src/domain/issue.ts'
import { createTakeRecords } from '../../src/workflow/take-records.ts'
import { createReadClosedLoop } from '../../src/workflow/issues/read-closed-loop.ts'
import { createManageWebhooks } from '../../src/workflow/webhooks/manage-webhooks.ts'
import { createIsPrivateAddress } from '../../src/workflow/webhooks/private-addresses.ts'
import { createAlertReader } from '../../src/workflow/read-alerts.ts'
import { auditInto, createTestJobs, triage } from './app-double.ts'
import type { buildTestApp } from './app-double.ts'

const nothing = () => Promise.reject(new FishboneError('FB_NOT_FOUND', 'there is nothing of that id'))

const hostileWebhook = {
  webhookId: 'WHK-hostile', url: 'https://qms.example/', events: [], description: null, state: 'active' as const, createdAt: '2023-01-09T06:13:00Z', failingSince: null, disabledAt: null,
  disabledReason: null, counts: { pending: 0, delivered: 0, failed: 0 }, secretSealed: '',
}

/** Services that work on nothing: what passes the schemas is answered as by an empty installation. */
export const createEmptyServices = (): { services: Parameters<typeof buildTestApp>[0]; close: () => Promise<unknown> } => {
  const { jobs, close } = createTestJobs()
  const upload = () => ({
    add: (_name: string, content: Readable) => finished(content.resume()),
    files: () => 1, sha256: () => 'aa', discard: () => Promise.resolve(),
  })
  let serial = 0
  return {
    close,
    services: {
      jobs,
      takeRecords: createTakeRecords({ now: () => new Date('2023-01-09T06:13:00Z'), ingestBatch: (_kind, entries) => Promise.resolve({ created: entries.length, updated: 0, unchanged: 0, superseded: 0 }) }),
      acceptFeedback: ({ feedback }) => Promise.resolve({ feedbackId: `${feedback.channel}:${feedback.sourceId}`, issueId: issueClassOf({ feedbackId: 'x', findings: [], model: null }).id, issueIsNew: true, triage, isNew: true }),
      searchCases: () => Promise.resolve({ items: [], timings: {} }),
      caseConfirmations: { confirmCase: nothing, unconfirmCase: nothing, readCase: nothing },
      alerts: createAlertReader({ store: { list: () => Promise.resolve([]), find: () => Promise.resolve(null) } }),
      spool: { open: () => Promise.resolve(upload()) },
      newId: () => `JOB-hostile-${++serial}`,
      audit: auditInto([]),
      prepareAnalysis: request => Promise.resolve(request),
      readSuggestions: nothing,
      checkSuggestions: () => Promise.resolve(),
      checkScan: () => Promise.resolve(),
      readAnalysis: () => Promise.resolve(null),
      readFeedback: () => Promise.resolve(null),
      rejectsPath: () => Promise.resolve(null),
      relations: { readRelations: nothing, part: nothing, rejoin: nothing }, respond: nothing, readDossier: nothing, decideAlert: nothing, decideSuggestion: nothing, draft8d: nothing, actionScope: nothing, efficacy: nothing,
      exportInstructionTuning: () => Promise.resolve(''),
      readFailureRate: () => Promise.reject(new FishboneError('FB_NO_SUBJECT', 'no component is called so')),
      earlyWarningPerformance: () =>
        Promise.resolve({ alerts: [], confirmed: 0, rejected: 0, open: 0, precision: null, precisionInterval: null, monthly: [], medianLeadDays: null, streamYears: 0, falseAlarmsPerStreamYear: null }),
      auditTrail: { list: () => Promise.resolve([]) },
      readClosedLoop: createReadClosedLoop({ store: { loopIssues: () => Promise.resolve([]), loopRepairs: () => Promise.resolve([]) }, now: () => new Date('2023-01-09T06:13:00Z') }),
      erase: { subjects: { ofPerson: () => 'h_1', ofVehicle: () => 'veh_1' }, person: nothing, vehicle: nothing },
      issues: { listIssues: () => Promise.resolve([]), readIssue: nothing, readGraph: nothing },
      issueChanges: { transition: nothing, edit: nothing, merge: nothing, unmerge: nothing, split: nothing },
      webhooks: {
        ...createManageWebhooks({
          store: { create: () => Promise.resolve(), find: webhookId => Promise.resolve(webhookId === 'WHK-hostile' ? hostileWebhook : null), list: () => Promise.resolve([]), remove: () => Promise.resolve(false), deliveries: () => Promise.resolve([]), replay: () => Promise.resolve(null) },
          seal: { seal: secret => secret }, isPrivate: createIsPrivateAddress(), allowPrivate: false, now: () => new Date('2023-01-09T06:13:00Z'), newId: () => 'hostile',
        }),
      },
      jobCounts: () => jobs.counts(),
      health: () => Promise.resolve({ graph: { status: 'ready' }, queue: { status: 'ready' }, embedder: { status: 'off' }, model: { status: 'off' } }),
    },
  }
}
