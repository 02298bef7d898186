import { describe, expect, it } from 'vitest'
import type { SearchableCase } from '../../src/graph/ports/case-store.ts'
import { askedIdentifiers, createIdentifierTable, matchIdentifiers } from '../../src/retrieval/asked-identifiers.ts'
import { createCaseIndex } from '../../src/retrieval/case-index.ts'
import { visibleTexts } from '../../src/retrieval/case-texts.ts'
import { diversify, likeness } from '../../src/retrieval/diversify.ts'
import { createKeyGraph } from '../../src/retrieval/key-graph.ts'
import { createNearest, walkSeeds } from '../../src/retrieval/walk-seeds.ts'

const record = (caseId: string, said: Partial<SearchableCase> = {}): SearchableCase => ({
  caseId, contentSha256: 'a', kind: '8d', title: caseId, openedAt: null, closedAt: '2021-08-30', receivedAt: null, text: '', symptom: null,
  failureMode: null, failureEffect: null, rootCause: null, components: [], mentionedComponents: [], symptoms: [], dtcs: [], affected: [],
  parts: [], lots: [], releases: [], causes: [], failureModes: [], confirmed: [], embeddingModel: 'm', embedding: [1, 0], ...said,
})
const indexOf = (...records: SearchableCase[]) => {
  const index = createCaseIndex({ dimensions: 2 })
  records.forEach(one => index.put(one, 'm'))
  return index
}

describe('createKeyGraph', () => {
  const cases = [...indexOf(record('a', { lots: ['P/1'] }), record('b', { lots: ['P/2'] }), record('c', { dtcs: ['P0AA6'], components: ['cable'] }), record('d', { components: ['cable'] })).all()]
  const links = [
    { fromKind: 'lot', fromId: 'P/1', toKind: 'supplier', toId: 'S' }, { fromKind: 'lot', fromId: 'P/2', toKind: 'supplier', toId: 'S' },
  ] as const
  const graph = createKeyGraph(cases, links)
  const reach = (seeds: ReturnType<typeof walkSeeds>, isVisible?: (place: number) => boolean): Map<string, number> => {
    const strengths = new Map<string, number>()
    graph.walk(seeds, (place, strength) => void strengths.set(cases[place]!.caseId, strength), isVisible)
    return strengths
  }

  it('leads from a lot over its supplier to the other lot', () => {
    const reached = reach(graph.seedsOf({ lot: ['P/1'] }))
    expect(reached.get('a')).toBeGreaterThan(reached.get('b') ?? 0)
    expect(reached.get('b')).toBeGreaterThan(0)
    expect(reached.has('d')).toBe(false)
  })

  it('neither goes through nor answers a case that may not be seen', () => {
    const seeds = graph.seedsOf({ dtc: ['P0AA6'] })
    expect(reach(seeds).get('d')).toBeGreaterThan(0)
    // The only way from the code to d leads through c.
    expect(reach(seeds, place => cases[place]!.caseId !== 'c').size).toBe(0)
  })

  it('weighs rare keys more and starts at none that most cases have', () => {
    const many = [...indexOf(...Array.from({ length: 40 }, (_, at) => record(String(at), { symptoms: ['noise'], dtcs: at === 0 ? ['P1'] : at < 3 ? ['P2'] : [] }))).all()]
    const hubs = createKeyGraph(many, [])
    expect(hubs.seedsOf({ symptom: ['noise'] })).toEqual([])
    const [rare, common] = [hubs.seedsOf({ dtc: ['P1'] })[0], hubs.seedsOf({ dtc: ['P2'] })[0]]
    expect(rare?.weight).toBeCloseTo(Math.log(41), 12)
    expect(common?.weight).toBeCloseTo(Math.log(21), 12)
  })

  it('gives the cases that the words resemble three tenths of the walk', () => {
    // e^(ln 3 + 1) and e^1: three to one.
    const seeds = walkSeeds(graph, { dtc: ['P0AA6'] }, [{ caseId: 'a', z: Math.log(3) + 1 }, { caseId: 'b', z: 1 }, { caseId: 'd', z: -1 }])
    expect(seeds.map(({ weight }) => Math.round(weight * 1e9) / 1e9)).toEqual([0.7, 0.225, 0.075])
  })

  it('does not count that a walk ends where it started', () => {
    const reached = reach(walkSeeds(graph, {}, [{ caseId: 'd', z: 2 }]))
    // d gives its half away, and gets back what the component returns; c gets what the component passes on.
    expect(reached.get('d')).toBeCloseTo(reached.get('c')!, 0)
  })
})

it('keeps the nearest cases only', () => {
  const nearest = createNearest(1)
  expect(nearest.least(0)).toBe(1)
  for (let at = 0; at < 30; at++) nearest.offer(0, { caseId: String(at), z: (at * 7) % 30 })
  expect(nearest.least(0)).toBe(10)
  expect(nearest.of(0).map(({ z }) => z)).toEqual(Array.from({ length: 20 }, (_, at) => 29 - at))
  nearest.forget(new Set([nearest.of(0)[0]!.caseId]))
  expect(nearest.of(0)).toHaveLength(19)
})

describe('identifiers', () => {
  const index = indexOf(record('a', { parts: ['9J1-600-739'], lots: ['BAT-100-A/21W08'], releases: ['BMS@2.3.1'] }), record('b', { lots: ['BAT-100-A/22W01'] }))
  const table = createIdentifierTable(index.all())
  const match = (text: string, car: Parameters<typeof askedIdentifiers>[2] = null) => ['a', 'b'].map(id => matchIdentifiers(index.get(id)!, askedIdentifiers(text, table, car)))

  it('are matched whole, never by likeness', () => {
    expect(match('Pack of lot 21w08 again')).toEqual([{ part: null, lot: true, version: null }, { part: null, lot: false, version: null }])
    expect(match('lot 21W09, version 2.3.10')).toEqual(Array(2).fill({ part: null, lot: null, version: null }))
    expect(match('换了 9J1-600-739，版本2.3.1')[0]).toEqual({ part: true, lot: null, version: true })
  })
  it('come from the car too', () => {
    expect(match('it stopped', { parts: [], lots: ['BAT-100-A/22W01'], suppliers: ['S'], releases: [] }).map(({ lot }) => lot)).toEqual([false, true])
  })
})

describe('diversity', () => {
  const index = indexOf(record('a', { causes: ['x'] }), record('twin', { causes: ['x'], embedding: [0, 1] }), record('b', { embedding: [0, 1] }))
  const shown = [['a', 0.5], ['twin', 0.4], ['b', 0.3]] as const
  const ranked = shown.map(([id, score]) => ({ candidate: index.get(id)!, score }))
  it('lets a twin of what stands above make room, and the first stay', () => {
    expect(likeness(index.get('a')!, index.get('twin')!, index.vectors)).toBe(1)
    expect(likeness(index.get('a')!, index.get('b')!, index.vectors)).toBe(0)
    expect(diversify(ranked, index.vectors, { limit: 3, scoreOf: ({ score }) => score }).map(({ candidate }) => candidate.caseId)).toEqual(['a', 'b', 'twin'])
  })
})

describe('confirmed complaints', () => {
  const confirmed = { feedbackId: 'app:F-1', confirmedAt: '2022-01-01T00:00:00.000Z', text: 'pack dies in the rain', textSha256: 'x', embeddingModel: 'm', embedding: [0, 1] }
  it('are texts of their case from their day on, and change its version', () => {
    const [plain, taught] = [indexOf(record('a')), indexOf(record('a', { confirmed: [confirmed] }))]
    const { texts, version } = taught.get('a')!
    expect(texts.map(({ feedbackId }) => feedbackId)).toEqual([null, 'app:F-1'])
    expect(visibleTexts(texts, '2021-12-31T23:59:59.999Z')).toHaveLength(1)
    expect(visibleTexts(texts, '2022-01-01T00:00:00.000Z')).toHaveLength(2)
    expect(version).not.toBe(plain.get('a')!.version)
    expect(taught.vectors.has(texts[1]!.document)).toBe(true)
    expect(taught.corpus).toMatchObject({ size: 1, meanLength: plain.corpus.meanLength })
  })
})
