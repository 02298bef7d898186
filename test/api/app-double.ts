import { pino } from 'pino'
import { afterEach } from 'vitest'
import type { Audit } from '../../src/api/audit.ts'
import { createApiKeys, storedKey } from '../../src/api/api-keys.ts'
import { buildApp } from '../../src/api/build-app.ts'
import type { ApiOptions, ApiServices } from '../../src/api/build-app.ts'
import { createGiveWay } from '../../src/give-way.ts'
import { createInProcessQueue } from '../../src/jobs/in-process-queue.ts'
import { createJobs } from '../../src/jobs/jobs.ts'
import type { Triage } from '../../src/domain/triage.ts'
import type { IdempotencyClaim, IdempotencyStore, IdempotentAnswer } from '../../src/graph/ports/workflow.ts'
import { quietLog } from '../contracts/job-queue.ts'
import { createMemoryJobStore } from '../doubles/memory-job-store.ts'

export const secrets = { reader: 'reader-secret', contributor: 'contributor-secret', engineer: 'engineer-secret', admin: 'admin-secret' } as const

export const bearer = (role: keyof typeof secrets) => ({ authorization: `Bearer ${secrets[role]}` })

export const feedbackBody = { channel: 'hotline', sourceId: 'F-1', occurredAt: '2023-01-09T06:12:44Z', text: '充电到一半就停了' }

export const triage: Triage = {
  qualityIssue: true,
  language: 'zh',
  text: '充电到一半就停了',
  findings: [{ component: null, symptom: 'charging-stops', confidence: 0.9, span: [0, 8], negated: false, past: false, hypothetical: false }],
  components: [],
  symptoms: [],
  dtcs: [],
  severity: { level: 6, reasons: ['symptom charging-stops'] },
  hazards: [],
  department: null,
  duplicates: [],
  similarCases: [],
  escalation: null,
  sentiment: null,
  firstHypothesis: null,
  due: { firstResponseAt: '2023-01-10T06:12:44.000Z', resolutionAt: '2023-01-11T06:12:44.000Z' },
}

/** An analysis that found nothing. */
export const analysis = {
  analysisId: 'ANA-1', subject: { component: 'traction-battery', symptom: null, issueId: null }, asOf: '2023-02-01', affected: { claims: 0, vehicles: 0, excludedDuplicates: 0, withoutExposure: 0 },
  population: { vehicles: 3, vehicleMonths: 9 }, verdict: 'insufficient-evidence' as const, verdictCode: 'few-claims', verdictReason: 'too few', verdictReasonZh: '太少', margin: null, powerShare: 0,
  candidates: [], abstention: { reason: 'too few', missing: [], nextChecks: [] },
  provenance: { engineVersion: '1/1', dataWatermark: 'x', seed: 42, replicates: 999, promptId: null, modelId: null, milliseconds: 1 },
}

/** The port kept in a map; what the graph adapter does is held by its own integration test. */
export const createMemoryIdempotencyStore = (): IdempotencyStore => {
  const keys = new Map<string, { requestSha256: string; claimId: string; lockedUntil: string; expiresAt: string; answer?: IdempotentAnswer }>()
  let claims = 0
  const ownOf = ({ id, claimId }: { id: string; claimId: string }) => [keys.get(id)].filter(key => key?.claimId === claimId)
  return {
    claim: ({ id, requestSha256, at, lockedUntil, expiresAt }) => {
      const key = keys.get(id)
      const isFree = !key || key.expiresAt <= at || (!key.answer && key.lockedUntil <= at && key.requestSha256 === requestSha256)
      const claimId = String(++claims)
      if (isFree) keys.set(id, { requestSha256, claimId, lockedUntil, expiresAt })
      const claim: IdempotencyClaim = isFree
        ? { state: 'taken', held: { id, claimId } }
        : key.requestSha256 !== requestSha256
          ? { state: 'mismatch' }
          : key.answer
            ? { state: 'done', answer: key.answer }
            : { state: 'running', lockedUntil: key.lockedUntil }
      return Promise.resolve(claim)
    },
    renew: (held, lockedUntil) => Promise.resolve(void held.flatMap(ownOf).map(key => Object.assign(key!, { lockedUntil }))),
    finish: (held, answer) => Promise.resolve(void ownOf(held).map(key => Object.assign(key!, { answer }))),
    release: held => Promise.resolve(void ownOf(held).map(() => keys.delete(held.id))),
    purge: () => Promise.resolve(0),
  }
}

const unscripted = (name: string) => () => Promise.reject(new Error(`${name} was not expected to be called`))

/** An audit trail kept in a list; a decision that fails is not in it. */
export const auditInto = (kept: unknown[]): Audit => ({
  saw: (_request, told) => Promise.resolve(void kept.push(told)),
  async decided(_request, told, decide) {
    const result = await decide()
    kept.push(told)
    return result
  },
})

/** The app over scripted services: what a test does not script must not be called. */
export const buildTestApp = async (services: Partial<ApiServices> = {}, options: Partial<ApiOptions> = {}) =>
  buildApp(
    {
      acceptFeedback: unscripted('acceptFeedback'),
      searchCases: unscripted('searchCases'),
      followUp: () => Promise.resolve([]),
      health: unscripted('health'),
      jobs: {
        find: unscripted('jobs.find'), list: unscripted('jobs.list'), cancel: unscripted('jobs.cancel'), retry: unscripted('jobs.retry'),
        waitFor: unscripted('jobs.waitFor'), submit: unscripted('jobs.submit'), watch: () => { throw new Error('jobs.watch was not expected to be called') },
      },
      takeRecords: unscripted('takeRecords'),
      caseConfirmations: { confirmCase: unscripted('confirmCase'), unconfirmCase: unscripted('unconfirmCase'), readCase: unscripted('readCase') },
      prepareAnalysis: unscripted('prepareAnalysis'),
      readSuggestions: unscripted('readSuggestions'),
      checkSuggestions: unscripted('checkSuggestions'),
      readFeedback: unscripted('readFeedback'),
      respond: unscripted('respond'),
      readDossier: unscripted('readDossier'),
      relations: { readRelations: unscripted('readRelations'), part: unscripted('part'), rejoin: unscripted('rejoin') },
      auditTrail: { list: unscripted('auditTrail.list') },
      jobCounts: unscripted('jobCounts'),
      readClosedLoop: unscripted('readClosedLoop'),
      erase: { subjects: { ofPerson: () => 'h_1', ofVehicle: () => 'veh_1' }, person: unscripted('erase.person'), vehicle: unscripted('erase.vehicle') },
      issues: { listIssues: unscripted('listIssues'), readIssue: unscripted('readIssue'), readGraph: unscripted('readGraph') },
      issueChanges: { transition: unscripted('transition'), edit: unscripted('edit'), merge: unscripted('merge'), unmerge: unscripted('unmerge'), split: unscripted('split') },
      webhooks: {
        nextId: () => 'WHK-1', create: unscripted('webhooks.create'), list: unscripted('webhooks.list'), find: unscripted('webhooks.find'), remove: unscripted('webhooks.remove'),
        deliveries: unscripted('webhooks.deliveries'), replay: unscripted('webhooks.replay'),
      },
      readAnalysis: unscripted('readAnalysis'),
      readFailureRate: unscripted('readFailureRate'),
      checkScan: unscripted('checkScan'),
      alerts: { list: unscripted('alerts.list'), find: unscripted('alerts.find') },
      decideAlert: unscripted('decideAlert'),
      earlyWarningPerformance: unscripted('earlyWarningPerformance'),
      decideSuggestion: unscripted('decideSuggestion'),
      draft8d: unscripted('draft8d'),
      actionScope: unscripted('actionScope'),
      efficacy: unscripted('efficacy'),
      exportInstructionTuning: unscripted('exportInstructionTuning'),
      spool: { open: unscripted('spool.open') },
      rejectsPath: unscripted('rejectsPath'),
      newId: () => 'JOB-1',
      audit: { saw: unscripted('audit.saw'), decided: unscripted('audit.decided') },
      answerSeal: { seal: text => Buffer.from(text).toString('base64url'), open: sealed => Buffer.from(sealed, 'base64url').toString('utf8') },
      idempotencyStore: createMemoryIdempotencyStore(),
      giveWay: createGiveWay(),
      ...services,
    },
    {
      apiKeys: createApiKeys(Object.entries(secrets).map(([role, secret]) => storedKey(role as keyof typeof secrets, secret))),
      logger: pino({ level: 'silent' }),
      version: '0.0.0-test',
      requestsPerMinute: 1_000,
      now: () => new Date('2023-01-09T06:13:00Z'),
      ...options,
    },
  )

/** Long work over a map and the queue of this process, as a server without Redis has it over the graph. */
export const createTestJobs = (standing: Parameters<typeof createJobs>[0]['standing'] = {}) => {
  const queue = createInProcessQueue({ log: quietLog })
  const store = createMemoryJobStore()
  let serial = 0
  const jobs = createJobs({ store, queue, log: quietLog, now: () => new Date(), newId: () => String(++serial), beatMs: 10, pollMs: 10, leaseMs: 1_000, standing })
  return { jobs, store, close: async () => (jobs.close(), queue.close(10)) }
}

/** Opens an app with jobs of its own for each test of a file, and closes what was opened after it. */
export const useTestApp = () => {
  let close: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const one of close) await one()
    close = []
  })
  return async (services: Partial<ApiServices> = {}) => {
    const long = createTestJobs()
    const audited: unknown[] = []
    const app = await buildTestApp({ jobs: long.jobs, audit: auditInto(audited), ...services })
    close.push(() => app.close(), long.close)
    const call = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, given: { role?: keyof typeof secrets; payload?: object; headers?: Record<string, string> } = {}) =>
      app.inject({ method, url, headers: { ...bearer(given.role ?? 'engineer'), ...given.headers }, ...(given.payload && { payload: given.payload }) })
    return { jobs: long.jobs, call, audited }
  }
}
