import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startServing } from '../../src/cli/serve.ts'
import { openLanguage } from '../../src/composition/foundation.ts'
import { createFishbone } from '../../src/composition-root.ts'
import { readConfig } from '../../src/config.ts'
import type { Case } from '../../src/domain/case.ts'
import type { Triage } from '../../src/domain/triage.ts'
import { createLogger } from '../../src/logger.ts'
import { memo } from '../../src/memo.ts'
import { openTestGraph } from '../support/graph.ts'
import type { TestGraph } from '../support/graph.ts'

// The whole server over real HTTP and a real Neo4j, without an embedding model.

type Reply = { feedbackId: string; issueId: string | null; issueIsNew: boolean; triage: Triage; warnings: { pointer: string }[]; code: string }

let graph: TestGraph
let dataDir: string
let stops: (() => Promise<void>)[] = []
/** The servers of this file know the same words. */
const language = memo(() => openLanguage({ dataDir }, createLogger({ level: 'silent' })))

beforeAll(async () => {
  graph = await openTestGraph()
  dataDir = await mkdtemp(join(tmpdir(), 'fb-serving-'))
})
beforeEach(() => graph.wipe())
afterEach(async () => {
  for (const stop of stops.toReversed()) await stop()
  stops = []
})
afterAll(async () => {
  await graph.close()
  await rm(dataDir, { recursive: true, force: true })
})

/** All that was logged by the servers of this file. */
let logged = ''

const openFishbone = (uri = graph.uri, given: NodeJS.ProcessEnv = {}) =>
  createFishbone({
    language,
    config: readConfig({
      NEO4J_URI: uri, NEO4J_USER: graph.user, NEO4J_PASSWORD: graph.password, FISHBONE_DATA_DIR: dataDir, EMBEDDINGS: 'none', PORT: '0',
      FISHBONE_API_KEYS: 'contributor:send,reader:ask,engineer:decide,admin:all', FISHBONE_VIN_KEY: 'ab'.repeat(32), ...given,
    }),
    logger: createLogger({ level: 'debug', destination: { write: line => void (logged += line) } }),
  })

const serve = async (uri?: string) => {
  const { address, stop } = await startServing(openFishbone(uri))
  stops.push(stop)
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${address}${path}`, { method: 'POST', headers: { authorization: 'Bearer send', 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Reply }
  }
  const call = async (method: string, path: string, given: { key?: string; body?: string; type?: string } = {}) => {
    const answer = await fetch(`${address}${path}`, { method, headers: { authorization: `Bearer ${given.key ?? 'decide'}`, ...(given.body !== undefined && { 'content-type': given.type ?? 'application/json' }) }, ...(given.body !== undefined && { body: given.body }) })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, text, json: <T = Record<string, unknown>>() => JSON.parse(text) as T }
  }
  return { address, call, stop: async () => (stops = stops.filter(one => one !== stop), stop()), post }
}

const dampWeather: Case = {
  caseId: '8D-2021-044', kind: '8d', title: 'Charging stops in damp weather', openedAt: '2021-05-02', closedAt: '2021-08-30', language: 'en',
  component: 'traction-battery', symptom: 'charging stops, battery fault message', rootCause: 'connector seal of lot 21W08 under-cured, P0AA6',
  affected: [{ model: 'ES8', modelYears: [2021, 2022] }],
  containment: [{ actionType: 'quarantine-lot', text: 'quarantine lot 21W08', effectiveFrom: '2021-05-06' }],
  corrective: [{ actionType: 'process-change', text: 'cure time raised to 40 min', effectiveFrom: '2021-07-15' }],
}

const addCase = async () => {
  const fishbone = openFishbone()
  await (await fishbone.importIngest()).ingestBatch('cases', [{ record: dampWeather, flags: [] }], { live: false })
  await fishbone.close()
}

const complaint = (sourceId: string, given: object = {}) => ({
  channel: 'nomi', sourceId, occurredAt: '2023-01-09T06:12:44Z', receivedAt: '2023-01-09T06:12:46Z', model: 'ES8', modelYear: 2022,
  text: '充电到一半就停了，仪表提示动力电池故障，我的电话13812345678', ...given,
})
const snapshot = { snapshotId: 'TS-8f2', capturedAt: '2023-01-09T06:12:44Z', dtcs: [{ code: 'p0aa6', failureType: '00', status: 47, ecu: 'BMS' }] }

describe('POST /v1/feedback', () => {
  it('triages what a server that died had stored, and leaves history alone', async () => {
    const server = await serve()
    await server.post('/v1/feedback', complaint('F-0', { model: 'ET7' }))
    await server.stop()
    const fishbone = openFishbone()
    const ingest = await fishbone.ingest()
    await ingest.ingestEach('feedback', [{ record: complaint('F-1'), flags: [] }])
    await ingest.ingestBatch('feedback', [{ record: complaint('F-2'), flags: [] }], { live: true })
    await ingest.ingestBatch('feedback', [{ record: complaint('H-1'), flags: [] }])
    const triageMissing = await fishbone.triageMissing()
    expect(await triageMissing()).toBe(0)
    await graph.run('MATCH (f:Feedback) SET f.changedAt = f.changedAt - 121000')
    expect(await triageMissing()).toBe(2)
    expect(await triageMissing()).toBe(0)
    await fishbone.close()
    const issues = await graph.run('MATCH (f:Feedback)-[:RAISED]->(i:Issue) WHERE f.model = "ES8" RETURN f.id AS id, count { (i)<-[:RAISED]-() } AS members ORDER BY id')
    expect(issues).toEqual([{ id: 'nomi:F-1', members: 2 }, { id: 'nomi:F-2', members: 2 }])
    expect(await graph.run('MATCH (f:Feedback) WHERE f.awaitsTriage RETURN count(f) AS marked')).toEqual([{ marked: 0 }])
  })

  it('stores, triages and opens an issue; the same again gives the same ids, also after a restart', async () => {
    await addCase()
    const first = await serve()
    const { status, body } = await first.post('/v1/feedback', { ...complaint('F-1'), snapshot, mood: 'cross' })
    expect(status).toBe(201)
    expect(body).toMatchObject({ feedbackId: 'nomi:F-1', issueIsNew: true, warnings: [{ pointer: '/mood' }] })
    expect(body.triage).toMatchObject({
      qualityIssue: true,
      language: 'zh',
      dtcs: [{ code: 'P0AA6', failureType: '00', confirmed: true, meaning: null }],
      severity: { level: 9 },
      due: { firstResponseAt: '2023-01-10T06:12:46.000Z', resolutionAt: '2023-01-11T06:12:46.000Z' },
      sentiment: { label: 'neutral' }, escalation: { risk: 'high' }, department: { key: 'power-management' }, duplicates: [],
    })
    expect(body.triage.text).not.toContain('13812345678')
    expect(body.triage.similarCases.map(past => past.caseId)).toEqual(['8D-2021-044'])
    for (const { span: [start, end], key } of body.triage.symptoms) {
      if (key === 'charging-stops') expect(body.triage.text.slice(start, end)).toContain('充电')
    }
    expect((await first.call('GET', `/v1/issues/${body.issueId}`)).json()).toMatchObject({
      issueId: body.issueId, state: 'new', feedback: [{ feedbackId: 'nomi:F-1' }], suggestions: null, latestAnalysis: null, similarCases: [{ caseId: '8D-2021-044' }],
    })
    await first.stop()
    const second = await serve()
    const again = await second.post('/v1/feedback', { ...complaint('F-1'), snapshot, mood: 'cross' })
    expect(again.status).toBe(200)
    expect(again.body).toMatchObject({ feedbackId: 'nomi:F-1', issueId: body.issueId, issueIsNew: false, triage: body.triage })
    expect(await graph.run('MATCH (f:Feedback) RETURN count(f) AS feedback, count { MATCH (i:Issue) RETURN i } AS issues')).toEqual([{ feedback: 1, issues: 1 }])
  })

  it('opens one issue for a dozen complaints of one class sent at once', async () => {
    const { post } = await serve()
    const replies = await Promise.all(Array.from({ length: 12 }, (_, at) => post('/v1/feedback', complaint(`R-${at}`))))
    expect(replies.map(reply => reply.status)).toEqual(Array.from({ length: 12 }, () => 201))
    expect(new Set(replies.map(reply => reply.body.issueId)).size).toBe(1)
    expect(replies.filter(reply => reply.body.issueIsNew)).toHaveLength(1)
  })

  it('takes one record sent five times at once for one record', async () => {
    const { post } = await serve()
    const replies = await Promise.all(Array.from({ length: 5 }, () => post('/v1/feedback', complaint('S-1'))))
    expect(new Set(replies.map(reply => `${reply.body.feedbackId} ${reply.body.issueId}`)).size).toBe(1)
    expect(replies.filter(reply => reply.body.issueIsNew)).toHaveLength(1)
    expect(await graph.run('MATCH (f:Feedback) RETURN count(f) AS feedback')).toEqual([{ feedback: 1 }])
  })

  it('opens no issue for what is no quality issue', async () => {
    const { post } = await serve()
    const { status, body } = await post('/v1/feedback', complaint('T-1', { text: '谢谢你们的服务，非常满意' }))
    expect(status).toBe(201)
    expect(body).toMatchObject({ issueId: null, issueIsNew: false, triage: { qualityIssue: false, similarCases: [] } })
  })

  it('triages anew when the content changes, and keeps the issue', async () => {
    const { post } = await serve()
    const first = await post('/v1/feedback', complaint('U-1'))
    const changed = await post('/v1/feedback', complaint('U-1', { text: '方向盘突然很重，转不动', receivedAt: '2023-01-10T00:00:00Z' }))
    expect(changed.status).toBe(200)
    expect(changed.body.issueId).toBe(first.body.issueId)
    expect(changed.body.triage.text).toContain('方向盘')
  })

  it.each([
    ['brakes squeal', { text: 'brakes failed completely, we crashed into a wall', crash: true, injuries: 2 }],
    ['中控屏黑屏', { text: '刹车失灵，差点撞车' }],
  ])('raises the issue of a report that is set right to a grave one: %s', async (text, graver) => {
    const { post, call } = await serve()
    const { issueId, triage } = (await post('/v1/feedback', complaint('G-1', { text }))).body
    expect(triage.severity?.level).toBeLessThan(9)
    const changed = { ...complaint('G-1'), ...graver, receivedAt: '2023-01-09T08:00:00Z' }
    const { body } = await post('/v1/feedback', changed)
    expect(body.issueId).toBe(issueId)
    const told = { severity: body.triage.severity?.level, hazards: body.triage.hazards.map(({ key }) => key) }
    expect(told).toMatchObject({ severity: expect.any(Number) as number, hazards: expect.arrayContaining(['loss-of-braking']) as string[] })
    expect((await call('GET', `/v1/issues/${issueId}`)).json()).toMatchObject({ ...told, feedback: [{ severity: told.severity }] })
    expect((await call('GET', '/v1/issues?severityMin=9&hazard=loss-of-braking')).json()).toMatchObject({ items: [{ issueId }] })
    await post('/v1/feedback', changed)
    expect((await call('GET', `/v1/issues/${issueId}`)).json()).toMatchObject({ ...told, revision: 2 })
  })

  it('stores a record whose VIN is wrong, and says nothing of the VIN', async () => {
    const { post } = await serve()
    const { status, body } = await post('/v1/feedback', complaint('V-1', { vin: 'NOT-A-VIN' }))
    expect(status).toBe(201)
    expect(JSON.stringify(body)).not.toContain('NOT-A-VIN')
  })

  it('gives an idempotent answer again after a restart, and refuses another body', async () => {
    const key = { 'idempotency-key': 'flow-1' }
    const first = await serve()
    const answer = await first.post('/v1/feedback', complaint('W-1'), key)
    await first.stop()
    const second = await serve()
    expect(await second.post('/v1/feedback', complaint('W-1'), key)).toMatchObject({ status: 201, body: answer.body })
    expect(await second.post('/v1/feedback', complaint('W-2'), key)).toMatchObject({ status: 409, body: { code: 'FB_IDEMPOTENCY_MISMATCH' } })
  })
})

describe('the VIN key', () => {
  it('is made for a graph that holds no sealed VIN; one that is missing or another is refused, and nothing is written', async () => {
    const ownDir = await mkdtemp(join(tmpdir(), 'fb-key-'))
    const keyFile = join(ownDir, 'vin.key')
    const open = async (given: NodeJS.ProcessEnv = {}) => {
      const fishbone = openFishbone(graph.uri, { FISHBONE_DATA_DIR: ownDir, FISHBONE_VIN_KEY: '', ...given })
      try {
        return (await fishbone.privacy(), await fishbone.graph(), fishbone.privacy())
      } finally {
        await fishbone.close()
      }
    }
    const sealed = (await open()).vinVault.seal('LJ1EEAUU0N7000001')
    const key = await readFile(keyFile)
    await graph.run('CREATE (:Vehicle {id: "veh_1", vinSealed: $sealed})', { sealed })
    await open()
    await rm(keyFile)
    await expect(open()).rejects.toMatchObject({ code: 'FB_VIN_KEY_INVALID', message: expect.stringContaining('there is no VIN key') as string })
    expect(await readdir(ownDir)).toEqual([])
    await expect(open({ FISHBONE_VIN_KEY: 'cd'.repeat(32) })).rejects.toMatchObject({ code: 'FB_VIN_KEY_INVALID', message: expect.stringContaining('not the one') as string })
    await writeFile(keyFile, key)
    await open()
    await rm(ownDir, { recursive: true })
  })
})

describe('POST /v1/cases/search', () => {
  it('finds the case with cause and actions, and hides it as of a day before it was closed', async () => {
    await addCase()
    const { post } = await serve()
    const question = { text: 'charging stops when it rains', dtcs: ['P0AA6'], vehicle: { model: 'ES8', modelYear: 2022 } }
    const found = await post('/v1/cases/search', question)
    expect(found).toMatchObject({
      status: 200,
      body: {
        items: [{
          caseId: '8D-2021-044', kind: '8d', rank: 1, rootCause: dampWeather.rootCause, facets: { dtc: true, model: true, modelYear: true },
          containment: [{ actionType: 'quarantine-lot' }], corrective: [{ actionType: 'process-change' }],
        }],
      },
    })
    expect(await post('/v1/cases/search', { ...question, asOf: '2021-08-29' })).toMatchObject({ status: 200, body: { items: [] } })
  })

  it('refuses a question without a subject', async () => {
    const { post } = await serve()
    expect(await post('/v1/cases/search', {})).toMatchObject({ status: 422, body: { code: 'FB_NO_SUBJECT' } })
  })
})

describe('import', () => {
  it('is quiet for history and raises issues when live', async () => {
    const fishbone = openFishbone()
    stops.push(() => fishbone.close())
    const ingest = await fishbone.importIngest()
    const record = { ...complaint('X-1'), vin: null }
    await ingest.ingestBatch('feedback', [{ record, flags: [] }], { live: false })
    expect(await graph.run('MATCH (i:Issue) RETURN count(i) AS issues')).toEqual([{ issues: 0 }])
    await ingest.ingestBatch('feedback', [{ record, flags: [] }], { live: true })
    expect(await graph.run('MATCH (:Feedback)-[:RAISED]->(i:Issue) RETURN i.component AS component, i.model AS model')).toEqual([{ component: 'traction-battery', model: 'ES8' }])
  })
})

const vin = (n: number) => `LJ1EEAUU0N77${String(n).padStart(5, '0')}`
const car = (n: number) => ({ vin: vin(n), model: 'ES8', modelYear: 2022, plant: 'HF1', builtOn: '2022-03-14', soldOn: '2022-04-20', parts: [{ component: 'traction-battery', partNo: 'BAT-100-A', lot: n % 2 ? '22W10' : '22W11' }] })

type Reply2xx = Awaited<ReturnType<Awaited<ReturnType<typeof serve>>['call']>>

/** The result of long work: of the answer itself, or of the job it names on a slow machine. */
const resultOf = async (call: Awaited<ReturnType<typeof serve>>['call'], reply: Reply2xx): Promise<Record<string, unknown>> => {
  if (reply.status !== 202) return reply.json()
  const job = async () => (await call('GET', reply.headers.get('location') ?? '')).json<{ state: string; result: Record<string, unknown> }>()
  await expect.poll(async () => (await job()).state, { timeout: 120_000, interval: 500 }).toBe('done')
  return (await job()).result
}

describe('the fleet over HTTP', () => {
  it('takes records and files, answers questions about them, and logs who saw a VIN', { timeout: 180_000 }, async () => {
    const { call } = await serve()
    const cars = await call('POST', '/v1/vehicles', { key: 'send', body: JSON.stringify({ items: [...Array.from({ length: 40 }, (_, n) => car(n)), { vin: 'SHORT' }] }) })
    expect(cars.json()).toMatchObject({ accepted: 40, rejected: [{ index: 40 }] })
    const lines = Array.from({ length: 6 }, (_, n) => JSON.stringify({ ...complaint(`I-${n}`), vin: vin(2 * n + 1), occurredAt: `2022-1${n % 2}-0${n + 1}T08:00:00Z`, receivedAt: `2022-1${n % 2}-0${n + 1}T09:00:00Z` }))
    const upload = await call('POST', '/v1/imports?kind=feedback&wait=30', { key: 'send', type: 'application/x-ndjson', body: `${lines.join('\n')}\n{"channel":"nomi"}\n` })
    const loaded = await resultOf(call, upload)
    expect(loaded).toMatchObject({ outcome: 'some-refused', files: [{ kind: 'feedback', created: 6, rejected: 1 }] })
    const { rejects } = (loaded['files'] as { rejects: string }[])[0]!
    expect((await call('GET', rejects, { key: 'send' })).json()).toMatchObject({ line: 7, record: { channel: 'nomi' } })
    expect((await call('GET', rejects, { key: 'ask' })).status).toBe(403)

    expect((await call('GET', '/v1/feedback/nomi%3AI-1', { key: 'ask' })).json()).toMatchObject({ feedbackId: 'nomi:I-1', modelYear: 2022, triage: null, responded: null })
    expect((await call('PATCH', '/v1/feedback/nomi%3AI-1', { key: 'send', body: '{"responded":true}' })).json()).toMatchObject({ responded: true, respondedAt: expect.any(String) as string })

    const asked = await call('POST', '/v1/root-cause-analyses?wait=30', { key: 'ask', body: JSON.stringify({ subject: { component: 'traction-battery' } }) })
    const analysis = await resultOf(call, asked)
    expect(analysis).toMatchObject({ subject: { component: 'traction-battery' }, affected: { vehicles: 6 } })
    expect((await call('GET', `/v1/root-cause-analyses/${String(analysis['analysisId'])}`)).json()).toMatchObject({ verdict: analysis['verdict'] })
    expect((await call('POST', '/v1/root-cause-analyses', { key: 'ask', body: '{"subject":{"component":"flux capacitor"}}' })).json()).toMatchObject({ status: 422, code: 'FB_NO_SUBJECT' })

    const rate = await call('GET', '/v1/metrics/failure-rate?component=traction-battery&model=ES8', { key: 'ask' })
    expect(rate.json()).toMatchObject({ vehicles: 40, events: 6, months: expect.arrayContaining([expect.objectContaining({ monthsInService: 6, vehicles: 40 })]) as unknown })
    expect(await resultOf(call, await call('POST', '/v1/early-warning/scans?wait=30', { key: 'send' }))).toMatchObject({ recorded: true, alerts: [] })
    expect((await call('GET', '/v1/alerts', { key: 'ask' })).json()).toEqual({ items: [], nextCursor: null })

    expect((await call('GET', `/v1/vehicles/${vin(1)}/dossier`)).json()).toMatchObject({ vin: vin(1), feedback: [{ feedbackId: 'nomi:I-0' }], parts: [{ lot: '22W10' }] })
    const asReader = await call('GET', `/v1/vehicles/${vin(1)}/dossier`, { key: 'ask' })
    expect(asReader.json()).toMatchObject({ vin: null })
    expect((await call('GET', '/v1/audit', { key: 'all' })).json()).toMatchObject({
      items: [{ action: 'vehicle.read', role: 'reader', detail: { withVin: false } }, { action: 'vehicle.read', role: 'engineer', detail: { withVin: true } }, { action: 'rejects.read', role: 'contributor' }],
    })
    expect((await call('GET', '/metrics', { key: 'ask' })).text).toMatch(/fishbone_jobs\{state="done"\} 3\n/)
    expect(JSON.stringify(await graph.run('MATCH (n:Job|AuditEntry) RETURN properties(n) AS kept'))).not.toContain('LJ1EEAUU0N77')
  })

  it('does what a process that died had begun', async () => {
    await graph.run(`CREATE (:Job {id: 'JOB-dead', kind: 'early-warning-scan', state: 'running', request: '{}', done: 0, total: 0, message: '', attempts: 1, maxAttempts: 4, runId: 'gone',
      createdAt: '2023-01-09T06:12:46.000Z', startedAt: '2023-01-09T06:12:46.000Z', availableAt: '2023-01-09T06:12:46.000Z', leaseUntil: '2023-01-09T06:13:16.000Z', cancelRequested: false, revision: 2})`)
    const { call } = await serve()
    await expect.poll(async () => (await call('GET', '/v1/jobs/JOB-dead')).json(), { timeout: 50_000, interval: 200 }).toMatchObject({ state: 'done', attempts: 2, result: { recorded: true } })
  })
})

/** Every property of every node and relationship, and every file of the data folder, as text. */
const allThatIsKept = async (): Promise<Record<string, string>> => {
  const found = await graph.run(`MATCH (n) RETURN labels(n)[0] AS place, collect(properties(n)) AS kept UNION ALL MATCH ()-[r]->() RETURN type(r) AS place, collect(properties(r)) AS kept`)
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true })
  const files = await Promise.all(entries.filter(entry => entry.isFile()).map(async entry => [join(entry.parentPath, entry.name), (await readFile(join(entry.parentPath, entry.name))).toString('latin1')] as const))
  return { ...Object.fromEntries(found.map(row => [String(row['place']), JSON.stringify(row['kept'])])), ...Object.fromEntries(files), log: logged }
}

it('erases a person from graph, queue, waiting files, projection and log, and keeps the counts', { timeout: 120_000 }, async () => {
  const [own, phone, reference] = ['LJ1EEAUU0N7799001', '13987654321', 'cust-9911']
  const traces = async () => Object.entries(await allThatIsKept()).flatMap(([place, text]) => [own, own.toLowerCase(), phone, reference, '橘猫'].filter(word => text.includes(Buffer.from(word).toString('latin1')) || text.includes(word)).map(word => `${place}: ${word}`))
  const { call } = await serve()
  const send = (path: string, body: object, headers = {}) => call('POST', path, { key: 'send', body: JSON.stringify(body), ...headers })
  await send('/v1/vehicles', { ...car(1), vin: own, personRef: reference })
  const sent = await send('/v1/feedback', complaint('E-1', { vin: own, personRef: reference, text: `充电到一半就停了，当时橘猫在车上，我的电话${phone}，车架号${own}` }))
  const { issueId } = sent.json<Reply>()
  await send('/v1/repair-orders', { repairOrderId: 'RO-9', vin: own, openedAt: '2023-01-10T08:00:00Z', closedAt: '2023-01-11T08:00:00Z', complaint: `橘猫 ${phone}`, cause: 'connector seal', correction: 'replaced' })
  await call('PATCH', `/v1/issues/${issueId}`, { body: JSON.stringify({ note: `called ${phone} about ${own}` }) })
  await resultOf(call, await call('POST', '/v1/root-cause-analyses?wait=30', { body: JSON.stringify({ subject: { issueId } }) }))
  await call('GET', `/v1/vehicles/${own}/dossier`)
  await mkdir(join(dataDir, 'spool', 'JOB-waiting'), { recursive: true })
  await writeFile(join(dataDir, 'spool', 'JOB-waiting', 'feedback.csv'), `channel,sourceId,text,vin\nnomi,E-2,"橘猫,\n${phone}",${own}\nnomi,E-3,刹车异响,\n`)
  const rejected = await call('POST', '/v1/imports?kind=feedback&wait=30', { key: 'send', type: 'application/x-ndjson', body: `{"channel":"nomi","sourceId":"E-4","personRef":"${reference}","text":"${phone}"}\n` })
  expect(await resultOf(call, rejected)).toMatchObject({ files: [{ rejected: 1 }] })
  // Phone numbers and VINs go before anything is stored; the words, the reference and what waits do not.
  expect((await traces()).map(trace => trace.split(': ')[1])).toEqual(expect.arrayContaining(['橘猫', reference, own, phone]) as unknown)

  const erased = await call('DELETE', `/v1/people/${reference}`, { key: 'all' })
  expect(erased.json()).toMatchObject({ feedback: 1, vehicles: 1, sealedVins: 1, repairOrders: 1, rejectedLines: 1, runningImports: 0 })
  // The file of the import that has just ended may still be there.
  expect(erased.json<{ waitingRecords: number }>().waitingRecords).toBeGreaterThanOrEqual(1)
  expect(await traces()).toEqual([])
  expect(await readFile(join(dataDir, 'spool', 'JOB-waiting', 'feedback.csv'), 'utf8')).toBe('channel,sourceId,text,vin\nnomi,E-3,刹车异响,\n')
  expect((await call('GET', `/v1/issues/${issueId}`)).json()).toMatchObject({ counts: { feedback: 1, vehicles: 1 }, feedback: [{ feedbackId: 'nomi:E-1', text: '' }] })
  expect((await call('GET', '/v1/audit', { key: 'all' })).json()).toMatchObject({ items: [{ action: 'person.erase', subject: expect.stringMatching(/^h_/) as string }, { action: 'vehicle.read' }, { action: 'issue.edit', subject: issueId }] })
  await rm(join(dataDir, 'spool', 'JOB-waiting'), { recursive: true })
})

/** A door before Neo4j that can be shut. */
const openDoor = async () => {
  const { hostname, port } = new URL(graph.uri)
  const sockets = new Set<Socket>()
  let server: Server
  const open = (at: number) =>
    new Promise<number>(resolve => {
      server = createServer(inner => {
        const outer = connect(Number(port), hostname)
        for (const socket of [inner, outer]) sockets.add(socket.on('error', () => undefined))
        inner.pipe(outer).pipe(inner)
      }).listen(at, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
    })
  const shut = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
      sockets.clear()
    })
  return { port: await open(0), open, shut }
}

it('answers 503 with Retry-After while Neo4j is away and works again by itself', async () => {
  const door = await openDoor()
  const { address, post, stop } = await serve(`bolt://127.0.0.1:${door.port}`)
  expect((await post('/v1/feedback', complaint('Y-1'))).status).toBe(201)
  await door.shut()
  const away = await post('/v1/feedback', complaint('Y-2'))
  expect(away).toMatchObject({ status: 503, body: { code: 'FB_GRAPH_UNAVAILABLE' } })
  expect(Number(away.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await fetch(`${address}/health/ready`)).status).toBe(503)
  expect((await fetch(`${address}/health/live`)).status).toBe(200)
  await door.open(door.port)
  await expect.poll(async () => (await post('/v1/feedback', complaint('Y-2'))).status, { timeout: 20_000, interval: 500 }).toBeLessThan(300)
  expect((await fetch(`${address}/health/ready`)).status).toBe(200)
  await stop()
  await door.shut()
})
