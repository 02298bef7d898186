import { describe, expect, it } from 'vitest'
import type { CaseStore, SearchableCase } from '../../src/graph/ports/case-store.ts'
import { createCaseDetails } from '../../src/retrieval/case-details.ts'
import { createCaseMemory } from '../../src/retrieval/case-memory.ts'

const record = (caseId: string, title: string): SearchableCase => ({
  caseId, contentSha256: title, kind: '8d', title, openedAt: null, closedAt: '2021-08-30', receivedAt: null, text: '', symptom: null,
  failureMode: null, failureEffect: null, rootCause: null, components: [], mentionedComponents: [], symptoms: [], dtcs: [], affected: [],
  parts: [], lots: [], releases: [], causes: [], failureModes: [], confirmed: [], embeddingModel: null, embedding: null,
})

/** A graph of cases by id and title that counts how often it is asked. */
function createStore() {
  const titles = new Map<string, string>()
  const asked = { watermark: 0, versions: 0, details: 0 }
  let isDown = false
  const unused = (): Promise<string[]> => Promise.reject(new Error('not asked in these tests'))
  const store: CaseStore = {
    watermark: () => (asked.watermark++, isDown ? Promise.reject(new Error('down')) : Promise.resolve(JSON.stringify([...titles]))),
    async *versions() {
      asked.versions++
      for (const [caseId, title] of titles) yield await Promise.resolve({ caseId, contentSha256: title, embeddingModel: '', confirmations: [] })
    },
    cases: ids => Promise.resolve(ids.map(id => record(id, titles.get(id)!))),
    details: ids => (asked.details += ids.length, Promise.resolve(ids.map(id => ({ ...record(id, titles.get(id)!), containment: [], corrective: [] })))),
    keyLinks: () => Promise.resolve([]), background: () => Promise.resolve([]),
    byEnglishText: unused, byCjkText: unused, byVector: unused, byKeys: unused,
  }
  return { store, titles, asked, goDown: () => { isDown = true } }
}

const openMemory = (lookEveryMs: number) => {
  const graph = createStore()
  const clock = { ms: 0 }
  const memory = createCaseMemory({ caseStore: graph.store, embedder: null, now: () => clock.ms, lookEveryMs })
  const idsOf = async () => (await memory.refresh()).columns.cases.map(({ caseId }) => caseId)
  return { ...graph, clock, memory, idsOf }
}

describe('how fresh the memory is', () => {
  it('asks the graph before every search where nothing else is said', async () => {
    const { titles, asked, idsOf } = openMemory(0)
    expect(await idsOf()).toEqual([])
    titles.set('a', 'wiper')
    expect(await idsOf()).toEqual(['a'])
    titles.delete('a')
    expect(await idsOf()).toEqual([])
    expect(asked).toMatchObject({ watermark: 3, versions: 3 })
  })

  it('asks once in a while where it may, ahead of the time, and at once after a write of its own', async () => {
    const { titles, asked, clock, memory, idsOf } = openMemory(1_000)
    await idsOf()
    titles.set('a', 'wiper')
    clock.ms = 499
    expect(await idsOf()).toEqual([])
    memory.expire()
    expect(await idsOf()).toEqual(['a'])
    expect(asked.watermark).toBe(2)
    titles.set('b', 'mirror')
    // At half of the time a look starts, and this search does not wait for it.
    clock.ms = 1_000
    expect(await idsOf()).toEqual(['a'])
    await new Promise(setImmediate)
    expect(await idsOf()).toEqual(['a', 'b'])
    titles.set('c', 'horn')
    clock.ms = 2_000
    expect(await idsOf()).toEqual(['a', 'b', 'c'])
  })

  it('reads nothing again while nothing changed', async () => {
    const { titles, asked, idsOf } = openMemory(0)
    titles.set('a', 'wiper')
    for (let at = 0; at < 5; at++) await idsOf()
    expect(asked).toMatchObject({ watermark: 5, versions: 1 })
  })

  it('answers from what it has while very many cases are read', async () => {
    const { titles, idsOf, clock } = openMemory(0)
    titles.set('a', 'wiper')
    await idsOf()
    for (let at = 0; at < 1_500; at++) titles.set(`n${at}`, 'mirror')
    expect(await idsOf()).toEqual(['a'])
    for (let turn = 0; turn < 2_000 && (await idsOf()).length === 1; turn++) {
      clock.ms++
      await new Promise(setImmediate)
    }
    expect(await idsOf()).toHaveLength(1_501)
  })

  it('says that the graph is down, and not an old answer, once the time is over', async () => {
    const { idsOf, goDown, clock } = openMemory(1_000)
    await idsOf()
    goDown()
    clock.ms = 999
    expect(await idsOf()).toEqual([])
    clock.ms = 1_000
    await expect(idsOf()).rejects.toThrow()
  })
})

it('reads what is shown of a version once', async () => {
  const { store, titles, asked } = createStore()
  titles.set('a', 'Wiper stops. It is cold.')
  const read = createCaseDetails(store)
  const [first, again] = [await read([{ caseId: 'a', version: '1' }]), await read([{ caseId: 'a', version: '1' }])]
  expect(again.get('a')).toBe(first.get('a'))
  expect(first.get('a')!.sentences().map(({ text }) => text)).toEqual(['Wiper stops.', 'It is cold.'])
  titles.set('a', 'Mirror rattles.')
  expect((await read([{ caseId: 'a', version: '2' }])).get('a')!.details.title).toBe('Mirror rattles.')
  expect(asked.details).toBe(2)
})
