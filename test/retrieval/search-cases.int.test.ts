import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCaseStore } from '../../src/graph/retrieval/case-store.ts'
import { createConfirmationStore } from '../../src/graph/retrieval/confirmation-store.ts'
import type { Embedder } from '../../src/llm/ports.ts'
import { createCaseConfirmations, createSearchCases, type SearchCasesServices } from '../../src/retrieval/index.ts'
import { createLinker, createVocabulary } from '../../src/vocabulary/index.ts'
import { readVocabularyFiles } from '../../src/vocabulary-files.ts'
import { createHashingEmbedder } from '../doubles/hashing-embedder.ts'
import { openTestGraph, type TestGraph } from '../support/graph.ts'
import { allTestCases, blackScreen, brakeHose, dampWeather, steeringNoise, writeTestCase } from './test-cases.ts'

const embedder = createHashingEmbedder()
const vocabulary = createVocabulary(readVocabularyFiles())
const linker = createLinker(vocabulary)
let graph: TestGraph

beforeAll(async () => {
  graph = await openTestGraph()
})
afterAll(() => graph.close())
beforeEach(async () => {
  await graph.wipe()
  for (const record of allTestCases) await writeTestCase(graph, record, embedder)
})

const search = (services: Partial<SearchCasesServices> = {}) =>
  createSearchCases({ caseStore: createCaseStore({ client: graph.client }), embedder, linker, glossary: vocabulary, ...services })

const idsOf = ({ items }: { items: { caseId: string }[] }) => items.map(({ caseId }) => caseId)

// Every case is scanned in process, or proposed by the indexes of the graph: both ways must answer alike.
describe.each([['exact scan', 20_000], ['indexes of the graph', 0]])('%s', (_, exactLimit) => {
  it('finds the case of an English complaint, with cause, remedy and the facets that matched', async () => {
    const { items, timings } = await search({ exactLimit })({ text: 'charging stops halfway when it is damp outside', dtcs: ['p0aa600'] })
    expect(items[0]).toMatchObject({
      caseId: dampWeather.caseId, rank: 1, kind: '8d', title: dampWeather.title, rootCause: dampWeather.rootCause,
      corrective: [{ actionType: 'process-change', text: 'cure time raised to 40 min, leak test added', effectiveFrom: '2021-07-15' }],
      snippet: 'Charging stops in damp weather',
      facets: { symptom: true, dtc: true, model: null, modelYear: null },
      dates: { openedAt: '2021-05-02', closedAt: '2021-08-30' },
    })
    expect(items[0]!.facets.channels).toContain('graph')
    expect(items[0]!.score).toBeGreaterThan(items[1]?.score ?? 0)
    expect(Object.keys(timings)).toEqual(expect.arrayContaining(['read', 'embed', 'refresh', 'candidates', 'rank', 'details', 'total']))
  })

  it('finds an English case by a Chinese text, and a Chinese case by an English one', async () => {
    const searchCases = search({ exactLimit })
    expect(idsOf(await searchCases({ text: '充电到一半就停了，仪表提示动力电池故障' }))[0]).toBe(dampWeather.caseId)
    expect(idsOf(await searchCases({ text: 'the center screen went black while driving' }))[0]).toBe(blackScreen.caseId)
  })

  it('finds across languages by keyword alone', async () => {
    const searchCases = search({ exactLimit, embedder: null })
    expect(idsOf(await searchCases({ text: '充电到一半就停了' }))[0]).toBe(dampWeather.caseId)
    expect(idsOf(await searchCases({ text: 'center display went black' }))[0]).toBe(blackScreen.caseId)
  })

  it('hides what was closed or received after asOf, whatever matches', async () => {
    const searchCases = search({ exactLimit })
    const request = { text: 'front brake hose cracked and leaks brake fluid', components: ['brake-hose'], vehicle: { model: 'Taycan', modelYear: 2021 } }
    expect(idsOf(await searchCases(request))[0]).toBe(brakeHose.caseId)
    expect(idsOf(await searchCases({ ...request, asOf: '2023-12-03' }))).not.toContain(brakeHose.caseId)
    expect(idsOf(await searchCases({ ...request, asOf: '2023-12-04' }))[0]).toBe(brakeHose.caseId)
    // Closed in 2020, but the record came in only in 2024.
    await writeTestCase(graph, { ...steeringNoise, caseId: 'late', receivedAt: '2024-05-01T00:00:00.000Z' }, embedder)
    expect(idsOf(await searchCases({ text: 'clunk from the front axle', asOf: '2024-04-30' }))).not.toContain('late')
    expect(idsOf(await searchCases({ text: 'clunk from the front axle', asOf: '2024-05-01' }))).toContain('late')
  })

  it('puts cases of the model and year first and marks the rest', async () => {
    const { items } = await search({ exactLimit })({ text: 'brake fluid leaks from the brake hose', vehicle: { make: 'nio', model: 'es8', modelYear: 2021 } })
    expect(items.map(({ caseId, facets }) => [caseId, facets.model, facets.modelYear])).toEqual([
      [dampWeather.caseId, true, true],
      // The model agrees, its years were not said.
      [steeringNoise.caseId, true, false],
      [brakeHose.caseId, false, false],
      [blackScreen.caseId, false, false],
    ])
  })

  it('keeps to the kinds asked for', async () => {
    expect(idsOf(await search({ exactLimit })({ text: 'charging stops', kinds: ['recall'] }))).toEqual([brakeHose.caseId])
  })

  it.each([
    ['Lucene operators', '+(brake -"hose^2 AND ~/ OR [a TO b] {x} \\ && || ! : * ?'],
    ['only operators', '*:* && || !( ) { } [ ] ^ " ~ * ? : \\ /'],
    ['20,000 characters', 'charging stops '.repeat(1_334).slice(0, 20_000)],
    ['20,000 Chinese characters', '充电'.repeat(10_000)],
    ['emoji', '🔋🔥🚗'],
    ['a lone surrogate', 'charging \uD83D stops \uDE00'],
    ['nothing visible', '\u200B'],
    ['stop words', 'it is what it is'],
    ['digits', '0123456789'],
  ])('answers %s', async (_name, text) => {
    for (const services of [{ exactLimit }, { exactLimit, embedder: null }]) {
      const { items } = await search(services)({ text })
      expect(items.length).toBeGreaterThan(0)
      for (const { score } of items) expect(score >= 0 && score <= 1).toBe(true)
    }
  })

  it('gives the same answer twice, ties by case id', async () => {
    await writeTestCase(graph, { ...dampWeather, caseId: 'twin' }, embedder)
    const ask = () => search({ exactLimit })({ text: 'charging stops in damp weather', diverse: false })
    const [first, second] = [await ask(), await ask()]
    expect(second.items).toEqual(first.items)
    expect(idsOf(first).slice(0, 2)).toEqual([dampWeather.caseId, 'twin'])
  })
})

describe('what is asked', () => {
  it('answers keys and codes without a text, and leaves out what shares nothing', async () => {
    const searchCases = search()
    expect(idsOf(await searchCases({ dtcs: ['P0AA6'] }))).toEqual([dampWeather.caseId])
    expect(idsOf(await searchCases({ components: ['brake-hose'] }))).toEqual([brakeHose.caseId])
    // A parent includes its children.
    expect(idsOf(await searchCases({ components: ['traction-battery'] }))).toEqual([dampWeather.caseId])
    expect(idsOf(await searchCases({ symptoms: ['screen-black'] }))).toEqual([blackScreen.caseId])
  })

  it('looks for a name that is no key as a word', async () => {
    expect(idsOf(await search()({ components: ['grease boot'] }))).toEqual([steeringNoise.caseId])
    expect(idsOf(await search()({ components: ['flux capacitor'] }))).toEqual([])
  })

  it.each([{}, { text: '' }, { text: ' \n ' }, { dtcs: [] }, { vehicle: { model: 'ES8' } }])('refuses %j: nothing to look for', async request => {
    await expect(search()(request)).rejects.toMatchObject({ code: 'FB_NO_SUBJECT' })
  })

  it('asks who the car behind a VIN is', async () => {
    const vehicleOfVin = (vin: string) => Promise.resolve(vin === 'LJ1EEAUU0N7700001' ? { make: 'NIO', model: 'ET5', modelYear: 2022 } : null)
    const searchCases = search({ vehicleOfVin })
    const known = await searchCases({ text: 'charging stops', vehicle: { vin: 'LJ1EEAUU0N7700001' } })
    expect(known.items[0]).toMatchObject({ caseId: blackScreen.caseId, facets: { model: true, modelYear: true } })
    const unknown = await searchCases({ text: 'charging stops', vehicle: { vin: 'LJ1EEAUU0N7700002' } })
    expect(unknown.items[0]).toMatchObject({ caseId: dampWeather.caseId, facets: { model: null, modelYear: null } })
  })

  it('redacts the text before anything sees it', async () => {
    const seen: string[] = []
    const watching: Embedder = { ...embedder, embed: (texts, role, options) => (seen.push(...texts), embedder.embed(texts, role, options)) }
    await search({ embedder: watching, redact: text => text.replace('13800138000', '[phone]') })({ text: 'charging stops, call 13800138000' })
    expect(seen).toEqual(['charging stops, call [phone]'])
  })
})

describe('what changes', () => {
  it('finds a new, a changed and no longer a removed case at the next search', async () => {
    const searchCases = search()
    const request = { text: 'wiper stops in the middle of the windshield' }
    await searchCases(request)
    await writeTestCase(graph, { caseId: 'new', title: 'Wiper stops in the middle of the windshield', components: ['wiper'] }, embedder)
    expect(idsOf(await searchCases(request))[0]).toBe('new')
    await writeTestCase(graph, { caseId: 'new', title: 'Paint peels off the bumper', components: ['paint'] }, embedder)
    expect((await searchCases({ text: 'paint peels off the bumper' })).items[0]).toMatchObject({ caseId: 'new', title: 'Paint peels off the bumper' })
    await graph.run(`MATCH (c:Case {id: 'new'}) DETACH DELETE c`)
    expect(idsOf(await searchCases({ text: 'paint peels off the bumper' }))).not.toContain('new')
  })

  it('answers an empty graph with an empty list', async () => {
    await graph.wipe()
    expect((await search()({ text: 'charging stops' })).items).toEqual([])
  })

  it('goes on by keyword and graph when the embedder fails', async () => {
    const failures: unknown[] = []
    const broken: Embedder = { ...embedder, embed: () => Promise.reject(new Error('the process died')) }
    const { items } = await search({ embedder: broken, onEmbedderFailure: error => failures.push(error) })({ text: 'charging stops in damp weather' })
    expect(items[0]?.caseId).toBe(dampWeather.caseId)
    expect(items[0]?.facets.channels).not.toContain('vector')
    expect(failures).toHaveLength(1)
  })

  it('stops when it is told to', async () => {
    await expect(search()({ text: 'charging stops' }, { signal: AbortSignal.abort() })).rejects.toThrow()
  })

  it('thinks less of a match that every complaint would have', async () => {
    const common = 'the dealer cannot find a fault'
    await writeTestCase(graph, { caseId: 'common', title: common, symptom: `${common} and the engine stalls` }, embedder)
    const scoreOf = async () => (await search()({ text: common })).items.find(({ caseId }) => caseId === 'common')!.score
    const before = await scoreOf()
    for (let at = 0; at < 60; at++) {
      const text = `complaint ${at}: ${common}`
      await graph.run('CREATE (f:Feedback {id: $id, text: $text, textSha256: $id, embedding: $embedding, embeddingModel: $model})', {
        id: `regulator:${at}`, text, embedding: [...(await embedder.embed([text], 'query'))[0]!], model: embedder.modelId,
      })
    }
    expect(await scoreOf()).toBeLessThan(before)
  })
})

describe('confirmed complaints', () => {
  const complaint = 'dies halfway home in the rain, dashboard shows a red lightning bolt'
  const confirmations = () => {
    let seconds = 0
    return createCaseConfirmations({ store: createConfirmationStore({ client: graph.client }), now: () => new Date(Date.UTC(2022, 2, 1, 0, 0, seconds++)) })
  }
  beforeEach(async () => {
    const [vector] = await embedder.embed([complaint], 'query')
    await graph.run('CREATE (:Feedback {id: $id, channel: "app", sourceId: "F-1", text: $text, textSha256: "t", embedding: $vector, embeddingModel: $model})', {
      id: 'app:F-1', text: complaint, vector: [...vector!], model: embedder.modelId,
    })
  })

  it('are further texts of their case from the next search on, until taken back, and not before their day', async () => {
    const searchCases = search()
    const first = async (asOf?: string) => (await searchCases({ text: complaint, diverse: false, ...(asOf && { asOf }) })).items[0]
    const before = await first()
    expect(before?.matchedComplaint ?? null).toBeNull()
    const { confirmCase, unconfirmCase, readCase } = confirmations()
    expect(await confirmCase(steeringNoise.caseId, 'app:F-1', { by: 'li' })).toMatchObject({ confirmedAt: '2022-03-01T00:00:00.000Z', confirmedBy: 'li' })
    expect(await first()).toMatchObject({ caseId: steeringNoise.caseId, matchedComplaint: 'app:F-1' })
    expect((await first('2022-02-28'))?.matchedComplaint).toBeNull()
    expect((await readCase(steeringNoise.caseId)).confirmed).toMatchObject([{ feedbackId: 'app:F-1', text: complaint, confirmedBy: 'li' }])
    expect((await readCase(steeringNoise.caseId, { asOf: '2022-02-28' })).confirmed).toEqual([])
    // Said again it stands as it was.
    expect(await confirmCase(steeringNoise.caseId, 'app:F-1', { by: 'wu' })).toMatchObject({ confirmedBy: 'li' })
    await unconfirmCase(steeringNoise.caseId, 'app:F-1', { by: 'li' })
    expect((await first())?.matchedComplaint).toBeNull()
    expect((await readCase(steeringNoise.caseId)).confirmed).toEqual([])
    await expect(unconfirmCase(steeringNoise.caseId, 'app:F-1', { by: 'li' })).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
    await expect(confirmCase('none', 'app:F-1', { by: null })).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
  })
})
