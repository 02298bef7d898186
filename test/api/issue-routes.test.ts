import { afterEach, describe, expect, it } from 'vitest'
import type { IssueSummary } from '../../src/domain/issue-view.ts'
import type { ApiApp } from '../../src/api/build-app.ts'
import { shortHash } from '../../src/domain/identifiers.ts'
import { createVinVault } from '../../src/ingest/vin-vault.ts'
import { createErasureSubjects } from '../../src/workflow/erasure/erasure-subjects.ts'
import { createReadClosedLoop } from '../../src/workflow/issues/read-closed-loop.ts'
import { auditInto, bearer, buildTestApp } from './app-double.ts'

let app: ApiApp | undefined
afterEach(() => app?.close())

const clock = { dueAt: '2023-01-10T00:00:00.000Z', metAt: null, state: 'running' as const }
const summary = (issueId: string): IssueSummary => ({
  issueId, state: 'new', discipline: 'D0', component: 'traction-battery', symptom: null, model: 'ES8', severity: 9, hazards: [], department: null, owner: null, externalRef: null,
  openedAt: '2023-01-09T00:00:00.000Z', lastActivityAt: `2023-01-09T00:00:00.00${issueId.at(-1)}Z`, counts: { feedback: 1, reports: 1, vehicles: 1 }, clocks: { firstResponse: clock, resolution: clock },
  overdue: false, mergedInto: null, revision: 0,
})
const detail = { ...summary('ISS-1'), stateHistory: [], next: [], feedback: [], timeline: [], similarCases: [], latestAnalysis: null, alerts: [], suggestions: null, mergedFrom: [], splitFrom: null }
const unasked = () => Promise.reject(new Error('not expected'))
const changes = { transition: unasked, edit: unasked, merge: unasked, unmerge: unasked, split: unasked }
const shown = { listIssues: unasked, readIssue: () => Promise.resolve(detail), readGraph: unasked }

describe('GET /v1/issues', () => {
  it('hands the filters on and pages by the last issue', async () => {
    const asked: unknown[] = []
    app = await buildTestApp({ issues: { ...shown, listIssues: (...question) => (asked.push(question), Promise.resolve([summary('ISS-3'), summary('ISS-2')])) } })
    const first = await app.inject({ url: '/v1/issues?state=new,triaged&severityMin=9&overdue=true&limit=1', headers: bearer('reader') })
    const { items, nextCursor } = first.json<{ items: { issueId: string }[]; nextCursor: string }>()
    expect(items.map(item => item.issueId)).toEqual(['ISS-3'])
    await app.inject({ url: `/v1/issues?limit=1&cursor=${nextCursor}`, headers: bearer('reader') })
    expect(asked).toEqual([
      [{ state: ['new', 'triaged'], severityMin: 9, overdue: true }, { after: null, limit: 2 }],
      [{}, { after: { lastActivityAt: '2023-01-09T00:00:00.003Z', issueId: 'ISS-3' }, limit: 2 }],
    ])
  })
  it.each(['state=open', 'severityMin=11', 'overdue=yes', 'asOff=1', 'cursor=x'])('refuses %s with 422', async query => {
    app = await buildTestApp({ issues: shown })
    expect((await app.inject({ url: `/v1/issues?${query}`, headers: bearer('reader') })).statusCode).toBe(422)
  })
})

describe('deciding', () => {
  it('records who, logs it, and answers with the issue', async () => {
    const seen: unknown[] = []
    app = await buildTestApp({
      issues: shown, issueChanges: { ...changes, transition: (id, step) => (seen.push([id, step.to, step.note, step.by.startsWith('key_')]), Promise.resolve()) },
      audit: auditInto(seen),
    })
    const answer = await app.inject({ method: 'POST', url: '/v1/issues/ISS-1/transitions', headers: bearer('engineer'), payload: { to: 'triaged' } })
    expect([answer.statusCode, answer.json<{ issueId: string }>().issueId]).toEqual([200, 'ISS-1'])
    expect(seen).toEqual([['ISS-1', 'triaged', null, true], { action: 'issue.transition', subject: 'ISS-1', detail: { to: 'triaged' } }])
  })
  it.each([
    ['PATCH', '/v1/issues/ISS-1', { owner: 'li' }], ['POST', '/v1/issues/ISS-1/transitions', { to: 'triaged' }], ['POST', '/v1/issues/ISS-1/merge', { into: 'ISS-2', reason: 'r' }],
    ['POST', '/v1/issues/ISS-1/unmerge', {}], ['POST', '/v1/issues/ISS-1/split', { feedbackIds: ['a'], reason: 'r' }],
  ] as const)('lets no contributor %s %s', async (method, url, payload) => {
    app = await buildTestApp({ issues: shown })
    expect((await app.inject({ method, url, payload, headers: bearer('contributor') })).statusCode).toBe(403)
  })
  it('refuses an edit of nothing, and feedback named twice', async () => {
    app = await buildTestApp({ issues: shown })
    expect((await app.inject({ method: 'PATCH', url: '/v1/issues/ISS-1', headers: bearer('engineer'), payload: {} })).statusCode).toBe(422)
    expect((await app.inject({ method: 'POST', url: '/v1/issues/ISS-1/split', headers: bearer('engineer'), payload: { feedbackIds: ['a', 'a'], reason: 'r' } })).statusCode).toBe(422)
  })
})

it('gives closed-loop figures as a table to who asks for one', async () => {
  const readClosedLoop = createReadClosedLoop({ store: { loopIssues: () => Promise.resolve([]), loopRepairs: () => Promise.resolve([]) }, now: () => new Date('2023-01-09T00:00:00Z') })
  app = await buildTestApp({ readClosedLoop })
  const table = await app.inject({ url: '/v1/metrics/closed-loop?from=2023-01-01&to=2023-01-05', headers: { ...bearer('reader'), accept: 'text/csv' } })
  expect(table.headers['content-type']).toContain('text/csv')
  expect(table.body.split('\r\n').filter(Boolean)).toHaveLength(2)
  const figures = await app.inject({ url: '/v1/metrics/closed-loop?from=2023-01-01&to=2023-01-05', headers: bearer('reader') })
  expect(figures.json()).toMatchObject({ from: '2023-01-01T00:00:00.000Z', to: '2023-01-06T00:00:00.000Z', total: { initiationRate: null } })
  expect((await app.inject({ url: '/v1/metrics/closed-loop?from=2023-02-01&to=2023-01-05', headers: bearer('reader') })).statusCode).toBe(422)
})

it('erases for admins only, and logs the person by a keyed hash, the car by its pseudonym', async () => {
  const seen: unknown[] = []
  const erased = { feedback: 1, earlierVersions: 0, vehicles: 0, sealedVins: 0, repairOrders: 0, answers: 0, jobs: 0, rejectedLines: 0, waitingRecords: 0, runningImports: 0 }
  app = await buildTestApp({ erase: { subjects: createErasureSubjects(createVinVault({ key: Buffer.alloc(32, 7) })), person: () => Promise.resolve(erased), vehicle: () => Promise.resolve(erased) }, audit: auditInto(seen) })
  expect((await app.inject({ method: 'DELETE', url: '/v1/people/P-7', headers: bearer('engineer') })).statusCode).toBe(403)
  expect((await app.inject({ method: 'DELETE', url: '/v1/people/P-7', headers: bearer('admin') })).json()).toEqual(erased)
  for (const vinOrId of ['LJNABCDE1P0000001', 'ljnabcde1p0000001'])
    expect((await app.inject({ method: 'DELETE', url: `/v1/vehicles/${vinOrId}/personal-data`, headers: bearer('admin') })).statusCode).toBe(200)
  const subject = createVinVault({ key: Buffer.alloc(32, 7) }).pseudonymOf('LJNABCDE1P0000001')
  expect(seen).toMatchObject([{ action: 'person.erase', subject: expect.stringMatching(/^h_[0-9a-f]{32}$/) as string }, { action: 'vehicle.erase', subject }, { subject }])
  const plain = [shortHash('Person', 'P-7'), shortHash('Vehicle', 'LJNABCDE1P0000001')]
  expect(JSON.stringify(seen)).not.toMatch(new RegExp(`P-7|LJN|${plain.join('|')}`, 'i'))
})
