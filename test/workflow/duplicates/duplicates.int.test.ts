import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Feedback } from '../../../src/domain/feedback.ts'
import { createFleetStore } from '../../../src/graph/analysis/fleet-store.ts'
import { createDuplicateStore } from '../../../src/graph/duplicates/duplicate-store.ts'
import { createRecordStore } from '../../../src/graph/records/record-store.ts'
import { createIngest, type Ingest } from '../../../src/ingest/ingest-batch.ts'
import { createRedactor } from '../../../src/ingest/redaction/index.ts'
import { createVinVault } from '../../../src/ingest/vin-vault.ts'
import { projectRoot } from '../../../src/project-root.ts'
import { readVocabularyFiles, readWording } from '../../../src/vocabulary-files.ts'
import { createLinker, createSoundsLike, createVocabulary } from '../../../src/vocabulary/index.ts'
import { createCompareTogether } from '../../../src/workflow/duplicates/compare-together.ts'
import { createCompareTools } from '../../../src/workflow/duplicates/compare-tools.ts'
import { createCompareWaiting } from '../../../src/workflow/duplicates/compare-waiting.ts'
import { parseDuplicateRules } from '../../../src/workflow/duplicates/duplicate-rules.ts'
import type { DuplicateServices } from '../../../src/workflow/duplicates/duplicate-services.ts'
import { createCompareFeedback, linksOf } from '../../../src/workflow/duplicates/find-duplicates.ts'
import { createPartReports } from '../../../src/workflow/duplicates/part-reports.ts'
import { createSayGround } from '../../../src/workflow/duplicates/reason-words.ts'
import { createTextMemory } from '../../../src/workflow/duplicates/text-memory.ts'
import { openTestGraph, type TestGraph } from '../../support/graph.ts'

const vocabulary = createVocabulary(readVocabularyFiles())
const rules = parseDuplicateRules(readWording('duplicates', path.join(projectRoot, 'vocabulary')))
const vinVault = createVinVault({ key: Buffer.alloc(32, 3) })

let graph: TestGraph
let ingest: Ingest
let services: DuplicateServices
let compare: ReturnType<typeof createCompareFeedback>

beforeAll(async () => {
  graph = await openTestGraph()
  const store = createDuplicateStore({ client: graph.client })
  const tools = createCompareTools({ rules, say: createSayGround(readWording('duplicates'), vocabulary), vocabulary, soundsLike: createSoundsLike(vocabulary) })
  services = { store, tools, likeness: () => Promise.resolve(() => 0), embedder: null, now: () => new Date('2024-06-01T00:00:00Z'), texts: createTextMemory(store) }
  compare = createCompareFeedback(services, createCompareTogether(services))
})
beforeEach(async () => {
  await graph.wipe()
  const redactor = createRedactor({ pseudonymOf: vin => vinVault.pseudonymOf(vin) })
  ingest = createIngest({ recordStore: createRecordStore({ client: graph.client }), linker: createLinker(vocabulary), redactor, vinVault, vocabulary })
  await ingest.writeVocabulary(vocabulary)
})
afterAll(() => graph.close())

const carA = 'LJ1EEASP0NG123456'
const carB = 'LJ1EEASP0NG123457'
const day = (on: number): string => new Date(Date.UTC(2024, 0, 1 + on)).toISOString()
const said = (sourceId: string, text: string, on: number, more: Partial<Feedback> = {}): Feedback =>
  ({ channel: 'hotline', sourceId, text, occurredAt: day(on), receivedAt: day(on), model: 'ES8', vin: carA, ...more })
const store = (...records: Feedback[]) => ingest.ingestBatch('feedback', records.map(record => ({ record, flags: [] })))
const edges = async () =>
  (await graph.run('MATCH (a:Feedback)-[e:DUPLICATE_OF|SAME_ISSUE_AS|SIMILAR_TO|DISTINCT_FROM]->(b:Feedback) RETURN a.sourceId AS later, type(e) AS type, b.sourceId AS earlier ORDER BY later, earlier'))
    .map(({ later, type, earlier }) => `${String(later)} ${String(type)} ${String(earlier)}`)

const chain = [
  said('1', '充电到一半就停了', 0),
  said('2', 'Charging stops halfway again', 1, { channel: 'app' }),
  said('3', '又出现充电中断', 20),
  said('4', '今天充电中断', 40),
]
const settledChain = ['2 DUPLICATE_OF 1', '3 SAME_ISSUE_AS 1']

describe('one car', () => {
  it('settles alike the latest first, twice, and in one pass over history', async () => {
    for (const record of chain.toReversed()) {
      await store(record)
      await compare(`${record.channel}:${record.sourceId}`)
    }
    expect(await edges()).toEqual(settledChain)
    await compare('hotline:1')
    expect(await edges()).toEqual(settledChain)
    await graph.run('MATCH (f:Feedback) OPTIONAL MATCH (f)-[:HOLDS]->(finding) DETACH DELETE f, finding')
    await store(...chain)
    expect(await createCompareWaiting(services)()).toEqual({ compared: 4 })
    expect(await edges()).toEqual(settledChain)
    expect(await createCompareWaiting(services)()).toEqual({ compared: 0 })
  })

  it('finds both of two reports that arrive at once', async () => {
    await store(chain[0]!, chain[1]!)
    await Promise.all([compare('hotline:1'), compare('app:2'), compare('app:2')])
    expect(await edges()).toEqual(['2 DUPLICATE_OF 1'])
  })

  it('settles reports in one transaction as one after the other, also two of one car and one between two cars', async () => {
    const words = 'white smoke rose from the charge port while the car was charging at home last night'
    const arrivals = [...chain, said('5', words, 3, { vin: carB }), said('6', `${words} again`, 4, { vin: undefined, channel: 'app' }), said('7', `${words} now`, 5, { channel: 'nomi' })]
    const ids = arrivals.map(({ channel, sourceId }) => `${channel}:${sourceId}`)
    await store(...arrivals)
    for (const id of ids) await compare(id)
    const oneByOne = await edges()
    expect(oneByOne.length).toBeGreaterThan(2)
    await graph.run('MATCH (:Feedback)-[e:DUPLICATE_OF|SAME_ISSUE_AS|SIMILAR_TO|DISTINCT_FROM]->() DELETE e')
    const together = createCompareTogether(services)
    const comparisons = await Promise.all((await services.store.reports(ids)).map(report => together.prepare(report)))
    await services.store.holding(together.heldFor(comparisons), tx => together.settle(tx, comparisons))
    expect(await edges()).toEqual(oneByOne)
  })

  it('keeps left and right apart and says so', async () => {
    await store(said('1', '左前门关不上', 0), said('2', '右前门关不上', 1, { channel: 'app' }))
    await compare('app:2')
    expect(await edges()).toEqual(['2 DISTINCT_FROM 1'])
    expect(await graph.run('MATCH ()-[e:DISTINCT_FROM]->() RETURN e.reason AS reason, e.reasonZh AS zh')).toEqual([{ reason: 'positions differ: left is not right', zh: '位置不同：左与右不是同一处' }])
  })
})

describe('taking back', () => {
  it('is remembered by every later run, brings the count back, and can itself be taken back', async () => {
    await store(...chain)
    await createCompareWaiting(services)()
    const part = createPartReports({ store: services.store, now: services.now, compareFeedback: compare })
    const fleetStore = createFleetStore({ client: graph.client })
    const apart = async () => (await fleetStore.classReports({ components: null, symptoms: ['charging-stops'], asOf: day(60) })).find(({ recordId }) => recordId === 'app:2')?.distinctFrom
    expect(await apart()).toBeUndefined()
    expect(await part.undo({ feedbackId: 'app:2', otherId: 'hotline:1', reason: 'another charger', by: 'li' })).toEqual({ was: 'duplicate-of' })
    await compare('app:2')
    await services.store.markAll()
    await createCompareWaiting(services)()
    // Report 3 is within thirty days of both, and of one problem with the first.
    expect(await edges()).toEqual(['2 DISTINCT_FROM 1', '3 SAME_ISSUE_AS 1'])
    expect(await apart()).toEqual(['hotline:1'])
    expect(await part.undo({ feedbackId: 'app:2', otherId: 'hotline:1', reason: 'again', by: 'li' })).toEqual({ was: 'duplicate-of' })
    expect(await part.redo({ feedbackId: 'hotline:1', otherId: 'app:2' })).toEqual({ forgotten: true })
    expect(await edges()).toEqual(settledChain)
  })

  it('refuses a report that is not there, and a report and itself', async () => {
    await store(chain[0]!)
    const part = createPartReports({ store: services.store, now: services.now, compareFeedback: compare })
    await expect(part.undo({ feedbackId: 'hotline:1', otherId: 'hotline:none', reason: 'x', by: 'li' })).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
    await expect(part.undo({ feedbackId: 'hotline:1', otherId: 'hotline:1', reason: 'x', by: 'li' })).rejects.toMatchObject({ code: 'FB_INVALID' })
  })
})

describe('without a car', () => {
  const text = '早上在家充电桩充到百分之四十三就自动停止了，仪表提示动力电池故障'
  const noCar = { vin: null, channel: 'community' }

  it('finds nearly the same words of one model within a week, tells why in both languages, and never ties two known cars', async () => {
    await store(said('1', text, 0), said('2', `您好，${text}，请尽快处理`, 3, noCar), said('3', text, 12, noCar), said('4', text, 2, { ...noCar, model: 'ET5' }))
    await compare('hotline:1')
    const found = await compare('community:2')
    expect(await edges()).toEqual(['2 DUPLICATE_OF 1'])
    expect(linksOf('community:2', found, 'zh')[0]).toMatchObject({ feedbackId: 'hotline:1', relation: 'duplicate-of', reason: expect.stringContaining('文字几乎相同') as string })
    expect(linksOf('community:2', found, 'en')[0]?.reason).toContain('nearly the same words')
  })

  it('belongs to neither of two cars that said the same', async () => {
    await store(said('1', text, 0), said('2', text, 1, noCar), said('3', text, 2, { vin: carB }))
    await compare('community:2')
    await compare('hotline:3')
    expect((await edges()).filter(edge => !edge.includes('SIMILAR_TO'))).toEqual([])
  })
})
