import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { issueClassOf } from '../../../src/domain/issue.ts'
import { createErasureStore } from '../../../src/graph/erasure/erasure-store.ts'
import { createIssueStore } from '../../../src/graph/issues/issue-store.ts'
import { createWebhookStore } from '../../../src/graph/webhooks/webhook-store.ts'
import { createWorkflowStore } from '../../../src/graph/workflow/workflow-store.ts'
import { createErasePerson } from '../../../src/workflow/erasure/erase-person.ts'
import { createChangeIssues } from '../../../src/workflow/issues/change-issues.ts'
import { createMergeIssues } from '../../../src/workflow/issues/merge-issues.ts'
import { createShowIssues } from '../../../src/workflow/issues/show-issues.ts'
import { createSplitIssues } from '../../../src/workflow/issues/split-issues.ts'
import { createWatchClocks } from '../../../src/workflow/issues/watch-clocks.ts'
import { triage } from '../../api/app-double.ts'
import { openTestGraph } from '../../support/graph.ts'
import type { TestGraph } from '../../support/graph.ts'

let graph: TestGraph
beforeAll(async () => {
  graph = await openTestGraph()
})
beforeEach(() => graph.wipe())
afterAll(() => graph.close())

const by = 'key_1'
const now = () => new Date('2023-01-09T12:00:00.000Z')
const rules = { firstResponseHours: 24, resolutionHours: 48, atRiskShare: 0.75, calendar: null }

/** Feedback that arrives and is triaged; those of a symptom are of one class. */
const arrive = async (feedbackId: string, { symptom = 'charging-stops', severity = 6, receivedAt = '2023-01-09T06:12:46.000Z' } = {}) => {
  await graph.run("MERGE (f:Feedback {id: $feedbackId}) SET f.channel = 'hotline', f.text = 'it stops', f.contentSha256 = 'a', f.receivedAt = $receivedAt, f.vehicleId = 'veh_1'", { feedbackId, receivedAt })
  const findings = triage.findings.map(finding => ({ ...finding, symptom }))
  const commit = {
    feedbackId, feedbackSha256: 'a', vocabularyVersion: 'v', receivedAt, issueClass: issueClassOf({ feedbackId, findings, model: 'ES8' }),
    triage: { ...triage, findings, severity: { level: severity, reasons: [] }, hazards: symptom === 'smoke' ? [{ key: 'fire', reason: 'smoke', nearMiss: false }] : [], department: { key: 'power-management', reason: 'r' } },
  }
  const [filed] = await createWorkflowStore({ client: graph.client }).arriving({ vehicleIds: [], feedbackIds: [] }, tx => tx.commitTriages([commit], '2023-01-09T06:13:00.000Z'))
  return filed!.issueId!
}

const open = () => {
  const store = createIssueStore({ client: graph.client })
  return {
    store,
    ...createShowIssues({ store, rules, withParts: component => [component], suggestionsOf: () => Promise.resolve(null), now }),
    ...createChangeIssues({ store, now }), ...createMergeIssues({ store, now }),
    split: createSplitIssues({ store, now, newId: () => 'split', dueOf: () => ({ firstResponseAt: '2023-01-10T06:12:46.000Z', resolutionAt: '2023-01-11T06:12:46.000Z' }) }),
    watch: createWatchClocks({ store, rules, now }),
  }
}
const listen = (events: string[]) =>
  createWebhookStore({ client: graph.client }).create({ webhookId: 'WHK-1', url: 'https://qms.example/', events: events as never, description: null, createdAt: '2023-01-09T00:00:00.000Z', createdBy: by, secretSealed: 'x' })
const eventsOf = () => graph.run('MATCH (d:WebhookDelivery) RETURN d.type AS type, d.subject AS subject ORDER BY d.place')

describe('issues in the graph', () => {
  it('shows an issue with its feedback, told twice counted once, and finds it by what it is', async () => {
    const issueId = await arrive('a:1')
    await arrive('a:2', { severity: 8 })
    const other = await arrive('a:3', { symptom: 'smoke', severity: 9 })
    await graph.run("MATCH (later:Feedback {id: 'a:2'}), (earlier:Feedback {id: 'a:1'}) CREATE (later)-[:DUPLICATE_OF {score: 1.0}]->(earlier)")
    const { readIssue, listIssues, transition } = open()
    const page = { after: null, limit: 10 }
    expect(await readIssue(issueId)).toMatchObject({
      state: 'new', severity: 8, department: 'power-management', counts: { feedback: 2, reports: 1, vehicles: 1 }, clocks: { firstResponse: { state: 'running' } },
      feedback: [{ feedbackId: 'a:1', duplicateOf: null }, { feedbackId: 'a:2', duplicateOf: 'a:1' }],
    })
    await transition(issueId, { to: 'triaged', note: null, by })
    expect((await listIssues({ state: ['triaged'] }, page)).map(one => one.issueId)).toEqual([issueId])
    expect((await listIssues({ hazard: 'fire', severityMin: 9, model: 'es8', symptom: 'smoke', overdue: false }, page)).map(one => one.issueId)).toEqual([other])
    expect(await listIssues({ overdue: true }, page)).toEqual([])
    expect((await readIssue(issueId)).stateHistory.map(one => [one.state, one.by])).toEqual([['new', null], ['triaged', by]])
    await expect(readIssue('ISS-none')).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
  })

  it('shows the newest analysis with its best causes, tells a report again of the earliest, cuts feedback but counts it, and asks for suggestions where there are some', async () => {
    const issueId = await arrive('a:1')
    await arrive('a:2', { receivedAt: '2023-01-09T06:12:47.000Z' })
    await arrive('a:3', { receivedAt: '2023-01-09T06:12:48.000Z' })
    const asked: string[] = []
    const store = createIssueStore({ client: graph.client })
    const { readIssue } = createShowIssues({ store, rules, withParts: component => [component], suggestionsOf: id => Promise.resolve((asked.push(id), { made: true })), now })
    expect(await readIssue(issueId)).toMatchObject({ suggestions: null, latestAnalysis: null, alerts: [], similarCases: [], mergedFrom: [] })
    expect(asked).toEqual([])
    await graph.run(`
      MATCH (i:Issue {id: $issueId}), (a:Feedback {id: 'a:1'}), (b:Feedback {id: 'a:2'}), (c:Feedback {id: 'a:3'})
      CREATE (c)-[:DUPLICATE_OF]->(b), (c)-[:DUPLICATE_OF]->(a), (:SuggestionSet {id: 'SUS-1', subjectKey: $issueId}), (:Alert {id: 'h_a', state: 'open', raisedAt: '2023-01-09T07:00:00.000Z'})-[:OPENED]->(i),
        (i)-[:ANALYZED_BY]->(old:Analysis {id: 'ANA-1', asOf: '2023-01-08', createdAt: '2023-01-09T08:00:00.000Z', verdict: 'tied'})-[:RANKED {rank: 1}]->(:Candidate {id: 'ANA-1:1', kind: 'lot', statement: 'old'}),
        (i)-[:ANALYZED_BY]->(new:Analysis {id: 'ANA-2', asOf: '2023-01-09', createdAt: '2023-01-09T09:00:00.000Z', verdict: 'leads', reason: 'r'})-[:RANKED {rank: 2}]->(:Candidate {id: 'ANA-2:2', kind: 'lot', statement: 'second'}),
        (new)-[:RANKED {rank: 1}]->(:Candidate {id: 'ANA-2:1', kind: 'lot', statement: 'first', confidence: 0.5})`, { issueId })
    const shown = await readIssue(issueId)
    expect(shown).toMatchObject({
      suggestions: { made: true }, counts: { feedback: 3, reports: 1, vehicles: 1 }, alerts: [{ alertId: 'h_a', state: 'open' }],
      feedback: [{ feedbackId: 'a:3', duplicateOf: 'a:1' }, { feedbackId: 'a:2', duplicateOf: null }, { feedbackId: 'a:1', duplicateOf: null }],
      latestAnalysis: { analysisId: 'ANA-2', verdictReason: 'r', candidates: [{ candidateId: 'ANA-2:1', confidence: 0.5 }, { candidateId: 'ANA-2:2', confidence: null }] },
    })
    expect(shown.timeline.map(entry => entry.kind)).toEqual(['opened', 'feedback', 'feedback', 'feedback', 'alert', 'analysis', 'analysis'])
    expect(asked).toEqual([issueId])
    expect(await store.view(issueId, 1)).toMatchObject({ feedback: [{ feedbackId: 'a:3' }], counts: { feedback: 3, vehicles: 1 } })
    expect(await store.view('ISS-none', 1)).toBeNull()
  })

  it('sends later reports of a merged class to the target, and home again when the merge is undone', async () => {
    const [a, b] = [await arrive('a:1'), await arrive('b:1', { symptom: 'smoke', severity: 9 })]
    const { merge, unmerge, readIssue } = open()
    await merge(a, { into: b, reason: 'one plug', by })
    expect(await arrive('a:2')).toBe(b)
    expect((await readIssue(b)).feedback.map(one => [one.feedbackId, one.from])).toEqual([['a:1', a], ['a:2', a], ['b:1', null]])
    expect(await readIssue(a)).toMatchObject({ state: 'merged', mergedInto: b, counts: { feedback: 0 } })
    await unmerge(a, { reason: 'two plugs', by })
    expect((await readIssue(a)).feedback.map(one => one.feedbackId)).toEqual(['a:1', 'a:2'])
    expect(await readIssue(b)).toMatchObject({ severity: 9, counts: { feedback: 1 }, mergedFrom: [] })
    expect(await arrive('a:3')).toBe(a)
    expect(await graph.run('MATCH (f:Feedback)-[r:RAISED]->(:Issue) RETURN count(r) AS raised, count(r.path) AS paths')).toEqual([{ raised: 4, paths: 0 }])
  })

  it('splits feedback off and leaves later reports of the class where they were', async () => {
    const a = await arrive('a:1')
    await arrive('a:2', { severity: 9 })
    const { split, unmerge, readIssue } = open()
    const splitId = await split(a, { feedbackIds: ['a:2'], reason: 'another plug', by })
    expect(await readIssue(splitId)).toMatchObject({ state: 'new', splitFrom: a, severity: 9, symptom: 'charging-stops', counts: { feedback: 1 } })
    expect(await arrive('a:3')).toBe(a)
    await unmerge(splitId, { reason: null, by })
    expect((await readIssue(a)).counts.feedback).toBe(3)
  })

  it('raises each clock event once, from two watchers and after a restart, in the transaction of the issue', async () => {
    await listen(['sla.at-risk', 'sla.breached', 'issue.opened', 'feedback.triaged'])
    const issueId = await arrive('a:1', { receivedAt: '2023-01-01T00:00:00.000Z' })
    await graph.run("MATCH (i:Issue) SET i.firstResponseDueAt = '2023-01-09T10:00:00.000Z', i.resolutionDueAt = '2023-01-09T13:00:00.000Z'")
    await Promise.all([open().watch(), open().watch()])
    await open().watch()
    const raised = (await eventsOf()).map(one => `${String(one['type'])} ${String(one['subject'])}`)
    expect(raised).toEqual(['feedback.triaged a:1', `issue.opened ${issueId}`, `sla.breached ${issueId}`, `sla.at-risk ${issueId}`])
    expect(await graph.run("MATCH (e:OutboxEvent) WHERE e.type STARTS WITH 'sla.' RETURN e.type AS type, e.clock AS clock ORDER BY type DESC")).toEqual([{ type: 'sla.breached', clock: 'first-response' }, { type: 'sla.at-risk', clock: 'resolution' }])
  })
})

describe('webhooks in the graph', () => {
  it('offers one event a subject in order, keeps its body, and forgets what was delivered long ago', async () => {
    const store = createWebhookStore({ client: graph.client })
    await listen(['issue.opened', 'issue.updated'])
    const issueId = await arrive('a:1')
    await open().transition(issueId, { to: 'triaged', note: null, by })
    const at = '2030-01-01T00:00:00.000Z'
    const lease = { runId: 'r1', at, leaseUntil: '2030-01-01T00:01:00.000Z' }
    expect(await store.due(at)).toEqual(['WHK-1'])
    expect((await store.lease('WHK-1', lease))?.counts.pending).toBe(2)
    expect(await store.lease('WHK-1', { ...lease, runId: 'r2' })).toBeNull()
    const [first, ...more] = await store.heads('WHK-1', at, 10)
    expect([first?.type, more.length]).toEqual(['issue.opened', 0])
    expect(await store.keepBody(first!.eventId, '{"a":1}')).toBe('{"a":1}')
    expect(await store.keepBody(first!.eventId, '{"b":2}')).toBe('{"a":1}')
    await store.settle('WHK-1', { deliveryId: first!.deliveryId, at, state: 'delivered', nextAttemptAt: null, status: 204, error: null, log: [{ at, status: 204, error: null, ms: 3 }] }, { failingSince: null, disable: null })
    expect((await store.heads('WHK-1', at, 10)).map(one => one.type)).toEqual(['issue.updated'])
    expect((await store.deliveries('WHK-1', { state: 'delivered', after: null, limit: 10 })).map(one => [one.type, one.attempts, one.log.length])).toEqual([['issue.opened', 1, 1]])
    expect(await store.replay('WHK-1', first!.deliveryId, at)).toMatchObject({ state: 'pending', attempts: 0, replays: 1 })
    // The replay stands behind what waits, and both wait: nothing is forgotten.
    expect((await store.heads('WHK-1', at, 10)).map(one => one.type)).toEqual(['issue.updated'])
    expect(await store.purge(at, 10)).toBe(0)
    expect(await store.remove('WHK-1')).toBe(true)
    expect(await store.purge(at, 10)).toBe(2)
  })

  it('gives up what waits for a webhook once it is disabled, and says why', async () => {
    const store = createWebhookStore({ client: graph.client })
    await listen(['issue.opened', 'issue.updated'])
    await open().transition(await arrive('a:1'), { to: 'triaged', note: null, by })
    expect(await store.giveUpDisabled()).toBe(0)
    const at = '2023-01-09T12:00:01.000Z'
    const [first] = await store.heads('WHK-1', at, 10)
    const settled = { deliveryId: first!.deliveryId, at, state: 'pending' as const, nextAttemptAt: '2023-01-09T12:00:06.000Z', status: 410, error: 'answered 410', log: [] }
    await store.settle('WHK-1', settled, { failingSince: at, disable: 'the receiver answered 410 Gone' })
    expect(await store.giveUpDisabled()).toBe(2)
    expect((await store.find('WHK-1'))?.counts).toEqual({ pending: 0, delivered: 0, failed: 2 })
    expect((await store.deliveries('WHK-1', { state: null, after: null, limit: 10 })).map(one => [one.type, one.state, one.nextAttemptAt, one.attempts, one.lastError])).toEqual([
      ['issue.updated', 'failed', null, 0, 'not sent: the webhook is disabled, the receiver answered 410 Gone'], ['issue.opened', 'failed', null, 1, 'answered 410'],
    ])
  })

  it('announces a recurrence once', async () => {
    const store = createWebhookStore({ client: graph.client })
    await listen(['action.recurrence'])
    await graph.run("CREATE (:ActionRecurrence {id: 'h_1', announce: true, foundAt: '2023-01-01'})")
    expect([await store.announceRecurrences('2023-01-09T00:00:00.000Z'), await store.announceRecurrences('2023-01-09T00:00:00.000Z')]).toEqual([1, 0])
    expect(await eventsOf()).toEqual([{ type: 'action.recurrence', subject: 'h_1' }])
  })
})

it('erases a person: no word of theirs is left in any property of the graph, and the counts stay', async () => {
  const issueId = await arrive('a:1')
  await arrive('a:2')
  const word = 'zebrafish'
  await graph.run(`
    MATCH (f:Feedback {id: 'a:1'})-[:TRIAGED_AS]->(t:Triage)
    SET f.personRef = 'P-7', f.text = $said, f.matchText = $said, f.sourceId = '1', t.content = $triage
    CREATE (f)-[:SUPERSEDES]->(:RecordVersion {id: 'h_v', content: $said}), (:UnmappedClause {id: 'h_c', text: $said})-[:LEFT_BY]->(f)
    CREATE (car:Vehicle {id: 'veh_9', personRef: 'P-7', vinSealed: 'sealed'})<-[:REPAIRED]-(:RepairOrder {id: 'R', complaint: $said, text: $said, matchText: $said, cause: 'plug', correction: 'replaced'})
    CREATE (:IdempotencyKey {id: 'h_k', body: '{"feedbackId":"a:1","text":"' + $said + '"}'}), (:Job {id: 'JOB-1', state: 'done', request: '{}', result: '{"source":"a:1","text":"' + $said + '"}'})
    CREATE (:SuggestionSet {id: 'SUS-1', content: '{"quotes":[{"source":"a:1","text":"' + $said + '"}]}'})`, { said: `it smells of ${word}`, triage: JSON.stringify({ ...triage, text: `it smells of ${word}` }) })
  const leftWith = async () => (await graph.run('MATCH (n) WHERE any(key IN keys(n) WHERE toStringOrNull(n[key]) CONTAINS $word) RETURN labels(n)[0] AS label', { word })).map(row => row['label']).sort()
  expect(await leftWith()).toHaveLength(8)
  const erase = createErasePerson({ store: createErasureStore({ client: graph.client }), vins: { pseudonymOf: vin => vin, hashOf: (_label, text) => text, open: () => 'LJN' }, dropRejects: () => Promise.resolve(0), dropWaiting: () => Promise.resolve(0), runningImports: () => Promise.resolve(0), now })
  expect(await erase.person('P-7')).toMatchObject({ feedback: 1, earlierVersions: 1, vehicles: 1, sealedVins: 1, repairOrders: 1, answers: 1, jobs: 1 })
  expect(await leftWith()).toEqual([])
  expect(await graph.run("MATCH (n) WHERE n.personRef = 'P-7' OR n.vinSealed IS NOT NULL RETURN count(n) AS left")).toEqual([{ left: 0 }])
  expect((await open().readIssue(issueId)).counts.feedback).toBe(2)
  await expect(erase.person('P-7')).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
})
