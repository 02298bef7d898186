import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { issueClassOf } from '../../../src/domain/issue.ts'
import { createIdempotencyStore } from '../../../src/graph/workflow/idempotency-store.ts'
import { createWorkflowStore } from '../../../src/graph/workflow/workflow-store.ts'
import { triage } from '../../api/app-double.ts'
import { openTestGraph } from '../../support/graph.ts'
import type { TestGraph } from '../../support/graph.ts'

let graph: TestGraph

beforeAll(async () => {
  graph = await openTestGraph()
})
beforeEach(() => graph.wipe())
afterAll(() => graph.close())

const addFeedback = (ids: string[]) =>
  graph.run("UNWIND $ids AS id MERGE (f:Feedback {id: id}) SET f.text = 'charging stops', f.contentSha256 = 'a', f.receivedAt = '2023-01-09T06:12:46.000Z'", { ids })

const commit = (feedbackId: string, given: { receivedAt?: string; model?: string | null; severity?: number; hazards?: string[]; sha256?: string; qualityIssue?: boolean } = {}) => {
  const { receivedAt = '2023-01-09T06:12:46.000Z', model = 'ES8', severity = 6, hazards = [], sha256 = 'a', qualityIssue = true } = given
  const one = {
    feedbackId,
    feedbackSha256: sha256,
    triage: { ...triage, qualityIssue, severity: { level: severity, reasons: [] }, hazards: hazards.map(key => ({ key, label: key, nearMiss: false, reason: key, spans: [] })), similarCases: [] },
    vocabularyVersion: 'v',
    receivedAt,
    issueClass: qualityIssue ? issueClassOf({ feedbackId, findings: triage.findings, model }) : null,
  }
  return createWorkflowStore({ client: graph.client }).arriving({ vehicleIds: [], feedbackIds: [] }, async tx => (await tx.commitTriages([one], '2023-01-09T06:13:00.000Z'))[0]!)
}

describe('opening and joining issues', () => {
  it('opens one issue for forty feedback of one class that arrive together', async () => {
    const ids = Array.from({ length: 40 }, (_, at) => `hotline:F-${at}`)
    await addFeedback(ids)
    const outcomes = await Promise.all(ids.map(id => commit(id)))
    expect(new Set(outcomes.map(outcome => outcome.issueId)).size).toBe(1)
    expect(outcomes.filter(outcome => outcome.issueIsNew)).toHaveLength(1)
    expect(await graph.run('MATCH (i:Issue) RETURN count(i) AS issues, count { (:Feedback)-[:RAISED]->(:Issue) } AS raised')).toEqual([{ issues: 1, raised: 40 }])
  })

  it('keeps the issue of feedback that is committed again, also twice at once', async () => {
    await addFeedback(['hotline:F-1'])
    const first = await commit('hotline:F-1')
    const again = await Promise.all([commit('hotline:F-1'), commit('hotline:F-1')])
    expect(first.issueIsNew).toBe(true)
    expect(again).toEqual([{ issueId: first.issueId, issueIsNew: false }, { issueId: first.issueId, issueIsNew: false }])
  })

  it('joins within 30 days of the last activity, then opens another', async () => {
    await addFeedback(['a:1', 'a:2', 'a:3', 'a:4'])
    const first = await commit('a:1', { receivedAt: '2023-01-01T00:00:00.000Z' })
    const on30th = await commit('a:2', { receivedAt: '2023-01-31T00:00:00.000Z' })
    // The second report was activity: 29 days after it, 59 after the first.
    const after59 = await commit('a:3', { receivedAt: '2023-03-01T00:00:00.000Z' })
    const late = await commit('a:4', { receivedAt: '2023-04-01T00:00:00.000Z' })
    expect([on30th.issueId, after59.issueId]).toEqual([first.issueId, first.issueId])
    expect(late).toMatchObject({ issueIsNew: true })
    expect(late.issueId).not.toBe(first.issueId)
  })

  it('opens another where the issue of the class is closed', async () => {
    await addFeedback(['a:1', 'a:2'])
    const first = await commit('a:1')
    await graph.run("MATCH (i:Issue) SET i.state = 'closed'")
    const second = await commit('a:2')
    expect(second.issueIsNew).toBe(true)
    expect(second.issueId).not.toBe(first.issueId)
  })

  it('tells models apart without regard to case', async () => {
    await addFeedback(['a:1', 'a:2', 'a:3'])
    const es8 = await commit('a:1', { model: 'ES8' })
    const same = await commit('a:2', { model: 'es8' })
    const other = await commit('a:3', { model: 'ET5' })
    expect(same.issueId).toBe(es8.issueId)
    expect(other.issueId).not.toBe(es8.issueId)
  })

  it('takes the gravest severity, and the clocks of the first report', async () => {
    await addFeedback(['a:1', 'a:2', 'a:3'])
    await commit('a:1', { severity: 5 })
    await commit('a:2', { severity: 9, receivedAt: '2023-01-10T00:00:00.000Z' })
    await commit('a:3', { severity: 2, receivedAt: '2023-01-05T00:00:00.000Z' })
    expect(await graph.run('MATCH (i:Issue) RETURN i.severity AS severity, i.state AS state, i.lastActivityAt AS lastActivityAt, i.firstResponseDueAt AS due')).toEqual([
      { severity: 9, state: 'new', lastActivityAt: '2023-01-10T00:00:00.000Z', due: triage.due.firstResponseAt },
    ])
  })

  it('rises with a report that was set right, and says so once; it never falls by itself', async () => {
    await addFeedback(['a:1'])
    await graph.run("CREATE (:Webhook {id: 'w', state: 'active', events: ['issue.updated']})")
    const { issueId } = await commit('a:1', { severity: 4 })
    const told = () => graph.run("MATCH (e:OutboxEvent {type: 'issue.updated'}) RETURN count(e) AS events")
    expect(await told()).toEqual([{ events: 0 }])
    expect(await commit('a:1', { severity: 10, hazards: ['loss-of-braking'], receivedAt: '2023-01-10T00:00:00.000Z' })).toEqual({ issueId, issueIsNew: false })
    const grave = { severity: 10, hazards: ['loss-of-braking'], revision: 2 }
    const stands = 'MATCH (i:Issue) RETURN i.severity AS severity, i.hazards AS hazards, toInteger(i.revision) AS revision'
    expect(await graph.run(stands)).toEqual([grave])
    expect(await told()).toEqual([{ events: 1 }])
    await commit('a:1', { severity: 10, hazards: ['loss-of-braking'] })
    await commit('a:1', { severity: 3 })
    expect(await graph.run(stands)).toEqual([grave])
    expect(await told()).toEqual([{ events: 1 }])
  })

  it('rises with a graver report that joins it, and says so', async () => {
    await addFeedback(['a:1', 'a:2'])
    await graph.run("CREATE (:Webhook {id: 'w', state: 'active', events: ['issue.updated']})")
    const { issueId } = await commit('a:1', { severity: 4 })
    expect(await commit('a:2', { severity: 9, hazards: ['loss-of-braking'] })).toEqual({ issueId, issueIsNew: false })
    expect(await graph.run('MATCH (i:Issue) RETURN i.severity AS severity, i.hazards AS hazards')).toEqual([{ severity: 9, hazards: ['loss-of-braking'] }])
    expect(await graph.run('MATCH (e:OutboxEvent) RETURN e.subject AS subject')).toEqual([{ subject: issueId }])
  })

  it('stays the issue of a report that was set right to another problem or to none, and rises with it', async () => {
    await addFeedback(['a:1', 'a:2'])
    const { issueId } = await commit('a:1', { severity: 4 })
    expect(await commit('a:1', { severity: 9, model: 'ET5' })).toEqual({ issueId, issueIsNew: false })
    expect(await commit('a:1', { severity: 1, hazards: ['fire'], qualityIssue: false })).toEqual({ issueId, issueIsNew: false })
    expect(await commit('a:2', { severity: 1, qualityIssue: false })).toEqual({ issueId: null, issueIsNew: false })
    expect(await graph.run('MATCH (i:Issue) RETURN i.severity AS severity, i.hazards AS hazards, COUNT { (i)<-[:RAISED]-() } AS reports, COUNT { (i)-[:OF_CLASS]->() } AS classes'))
      .toEqual([{ severity: 9, hazards: ['fire'], reports: 1, classes: 1 }])
  })

  it('has a triage made anew that was stored behind a later version of its report', async () => {
    await addFeedback(['a:1'])
    const awaits = () => graph.run('MATCH (f:Feedback) RETURN f.awaitsTriage AS awaits')
    await commit('a:1', { sha256: 'of an earlier version' })
    expect(await awaits()).toEqual([{ awaits: true }])
    await commit('a:1')
    expect(await awaits()).toEqual([{ awaits: null }])
  })

  it('gives the stored triage back as it was', async () => {
    await addFeedback(['a:1'])
    const { issueId } = await commit('a:1', { severity: 6 })
    const stored = await createWorkflowStore({ client: graph.client }).storedTriage('a:1')
    expect(stored).toEqual({ triage: { ...triage, severity: { level: 6, reasons: [] } }, feedbackSha256: 'a', issueId })
  })
})

describe('what triage reads', () => {
  it('prefers the car over the report and brings the codes of the snapshot', async () => {
    await graph.run(`
      CREATE (f:Feedback {id: 'a:1', channel: 'hotline', text: 't', contentSha256: 'x', occurredAt: '2023-01-08T06:12:46.000Z', receivedAt: '2023-01-09T06:12:46.000Z', rating: 2, model: 'ES6', crash: true})
      CREATE (f)-[:ABOUT]->(:Vehicle {id: 'veh_1', model: 'ES8', modelYear: 2022, make: 'NIO'})
      CREATE (f)-[:SENT_WITH]->(:TelemetrySnapshot {id: 'TS'})-[:RECORDED {status: 47, failureType: '00'}]->(:Dtc {id: 'P0AA6', code: 'P0AA6'})`)
    expect(await createWorkflowStore({ client: graph.client }).arrived('a:1')).toMatchObject({ context: {
      feedbackId: 'a:1', feedbackSha256: 'x', text: 't', language: null, channel: 'hotline',
      occurredAt: '2023-01-08T06:12:46.000Z', receivedAt: '2023-01-09T06:12:46.000Z', vehicleId: 'veh_1', rating: 2,
      make: 'NIO', model: 'ES8', modelYear: 2022,
      flags: { crash: true, fire: null, injuries: null, sos: null },
      recordedDtcs: [{ code: 'P0AA6', failureType: '00', status: 47 }],
    } })
  })

  it('explains a code for the maker, else generically, else not at all', async () => {
    await graph.run("CREATE (:Dtc {id: 'P1A00', meaning: 'generic'}), (:Dtc {id: 'P1A00/KIA', meaning: 'of Kia'}), (:Dtc {id: 'P0AA6', meaning: 'isolation fault'}), (:Dtc {id: 'P0001'})")
    const store = createWorkflowStore({ client: graph.client })
    expect([...(await store.dtcMeanings(['P1A00', 'P0AA6', 'P0001', 'P9999'], 'Kia'))].sort()).toEqual([['P0AA6', 'isolation fault'], ['P1A00', 'of Kia']])
    expect([...(await store.dtcMeanings(['P1A00'], null))]).toEqual([['P1A00', 'generic']])
  })
})

describe('idempotency keys in the graph', () => {
  const claimOf = (given: { requestSha256?: string; at?: string } = {}) => {
    const at = given.at ?? '2023-01-09T06:00:00.000Z'
    return { id: 'h_1', requestSha256: given.requestSha256 ?? 'a', at, lockedUntil: new Date(Date.parse(at) + 60_000).toISOString(), expiresAt: new Date(Date.parse(at) + 86_400_000).toISOString() }
  }
  let nextClaim = 0
  const open = () => createIdempotencyStore({ client: graph.client, newId: () => String(nextClaim++) })

  const take = async (given: Parameters<typeof claimOf>[0] = {}) => {
    const claim = await open().claim(claimOf(given))
    if (claim.state !== 'taken') throw new Error(`the key is ${claim.state}`)
    return claim.held
  }
  const answer = { status: 201, body: '{"a":1}', location: '/v1/jobs/JOB-1' }

  it('gives a key to one of twenty callers, and the kept answer to all later ones, over a restart', async () => {
    const claims = await Promise.all(Array.from({ length: 20 }, () => open().claim(claimOf())))
    const [taken, ...others] = claims.flatMap(claim => (claim.state === 'taken' ? [claim.held] : []))
    expect(others).toEqual([])
    expect(claims.filter(({ state }) => state === 'running')).toHaveLength(19)
    await open().finish(taken!, answer)
    expect(await open().claim(claimOf())).toEqual({ state: 'done', answer })
    expect(await open().claim(claimOf({ requestSha256: 'b' }))).toEqual({ state: 'mismatch' })
  })

  it('gives a key on when its lease ran out, when it was released, and after 24 hours', async () => {
    await take()
    expect((await open().claim(claimOf({ at: '2023-01-09T06:00:59.000Z' }))).state).toBe('running')
    await open().release(await take({ at: '2023-01-09T06:01:00.000Z' }))
    await open().finish(await take({ requestSha256: 'b' }), answer)
    await take({ requestSha256: 'c', at: '2023-01-10T06:00:00.000Z' })
    expect(await open().purge('2023-01-12T00:00:00.000Z')).toBe(1)
  })

  it('leaves a key with the call that renews it, and with the one that took it over', async () => {
    const first = await take()
    await open().renew([first], '2023-01-09T06:05:00.000Z')
    expect(await open().claim(claimOf({ at: '2023-01-09T06:04:00.000Z' }))).toEqual({ state: 'running', lockedUntil: '2023-01-09T06:05:00.000Z' })
    const second = await take({ at: '2023-01-09T06:05:00.000Z' })
    await open().renew([first], '2023-01-09T07:00:00.000Z')
    await open().finish(first, { ...answer, body: '{"late":true}' })
    await open().release(first)
    expect(await open().claim(claimOf({ at: '2023-01-09T06:05:30.000Z' }))).toEqual({ state: 'running', lockedUntil: '2023-01-09T06:06:00.000Z' })
    await open().finish(second, answer)
    expect(await open().claim(claimOf())).toEqual({ state: 'done', answer })
  })
})
