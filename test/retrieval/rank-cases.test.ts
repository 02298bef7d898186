import { beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../src/analysis/random.ts'
import type { CaseStore, SearchableCase } from '../../src/graph/ports/case-store.ts'
import { keyVehicle, matchVehicle } from '../../src/retrieval/affected-vehicles.ts'
import { createBestFirst } from '../../src/retrieval/best-first.ts'
import { keywordScores } from '../../src/retrieval/bm25.ts'
import { createCaseMemory, type CaseSnapshot } from '../../src/retrieval/case-memory.ts'
import { agreementBonus, fuseChannels, walkBonus, type Agreement } from '../../src/retrieval/fusion.ts'
import { askedKeys } from '../../src/retrieval/key-agreement.ts'
import { matchMentions } from '../../src/retrieval/named-vehicles.ts'
import { readSubject, type QuerySubject } from '../../src/retrieval/query-subject.ts'
import { rankCases, type RankingQuery } from '../../src/retrieval/rank-cases.ts'
import { walkSeeds } from '../../src/retrieval/walk-seeds.ts'

const words = ['brake', 'hose', 'leak', 'screen', 'black', 'charging', 'stops', 'noise', 'door', 'wiper', 'seat', 'motor', 'battery', 'warning', 'steering', 'gear']
const parents: Record<string, string[]> = { 'front-hose': ['hose', 'chassis'], hose: ['chassis'], display: ['body'] }
const glossary = { ancestorsOf: (key: string) => parents[key] ?? [], formsOf: () => [], resolveComponent: (name: string) => name, resolveSymptom: (name: string) => name }
const unitVector = (random: () => number): number[] => Array.from({ length: 4 }, () => random() - 0.5)

function generateCases(count: number, random: () => number): SearchableCase[] {
  const pick = <T>(among: readonly T[]): T => among[Math.floor(random() * among.length)]!
  const some = <T>(among: readonly T[], share: number): T[] => among.filter(() => random() < share)
  return Array.from({ length: count }, (_, at) => ({
    caseId: `C-${(at * 7_919) % count}`, contentSha256: 'a', kind: '8d' as const, title: Array.from({ length: 3 + Math.floor(random() * 6) }, () => pick(words)).join(' '),
    openedAt: null, closedAt: `20${10 + Math.floor(random() * 15)}-03-01`, receivedAt: null, text: '', symptom: null, failureMode: null, failureEffect: null, rootCause: null,
    components: some(['front-hose', 'hose', 'display', 'gear'], 0.2), mentionedComponents: [], symptoms: some(['leak', 'screen-black'], 0.2), dtcs: some(['P0AA6', 'U0100'], 0.1),
    affected: some([2019, 2020, 2021], 0.4).map(modelYear => ({ make: 'NIO', model: pick(['ES8', 'ET5']), modelYear })),
    parts: [], lots: some(['P/1', 'P/2'], 0.1), releases: [], causes: [], failureModes: some(['crack'], 0.2), confirmed: [], embeddingModel: 'm', embedding: random() < 0.9 ? unitVector(random) : null,
  }))
}

async function openSnapshot(cases: readonly SearchableCase[], random: () => number): Promise<CaseSnapshot> {
  const byId = new Map(cases.map(one => [one.caseId, one]))
  const background = Array.from({ length: 60 }, (_, at) => ({
    feedbackId: `F-${at}`, text: `${words[at % words.length]} ${words[(at * 5) % words.length]}`, embedding: unitVector(random), components: at % 3 ? ['hose'] : [], symptoms: [], dtcs: [],
  }))
  const unused = (): Promise<string[]> => Promise.reject(new Error('not asked'))
  const store: CaseStore = {
    watermark: () => Promise.resolve(''), cases: ids => Promise.resolve(ids.map(id => byId.get(id)!)), details: () => Promise.resolve([]),
    async *versions() { for (const { caseId } of cases) yield await Promise.resolve({ caseId, contentSha256: 'a', embeddingModel: 'm', confirmations: [] }) },
    keyLinks: () => Promise.resolve([{ fromKind: 'component', fromId: 'front-hose', toKind: 'component', toId: 'hose' }]), background: () => Promise.resolve(background),
    byEnglishText: unused, byCjkText: unused, byVector: unused, byKeys: unused,
  }
  return createCaseMemory({ caseStore: store, embedder: { modelId: 'm', dimensions: 4 }, now: () => 0 }).refresh()
}

/** Every case scored by itself and all of them sorted: what the search must answer, as plainly as it can be said. */
function rankPlainly({ index, calibrator, graph, walks, columns }: CaseSnapshot, query: RankingQuery) {
  const { subject, vector, vehicle, mentions, asked } = query
  const keyword = keywordScores(index.corpus, subject.termsIn.en, index.capacity)
  const share = vector === null ? 0.5 : 1
  const texts = columns.cases.map(({ document }) => share * fuseChannels({
    keyword: calibrator.keyword(document, keyword[document]!),
    vector: vector && index.vectors.has(document) ? calibrator.vector(document, index.vectors.cosine(document, vector)) : null,
  }))
  const near = columns.cases.map(({ caseId }, place) => ({ caseId, z: texts[place]! })).filter(({ z }) => z > 1).sort((a, b) => b.z - a.z).slice(0, 20)
  const strengths = new Map<number, number>()
  graph.walk(walkSeeds(graph, { component: subject.components, symptom: subject.symptoms, dtc: subject.dtcs }, near), (place, strength) => void strengths.set(place, strength))
  return columns.cases.map((one, place) => {
    const components = one.components.map(component => asked.componentAgreement(component))
    const agreement: Agreement = {
      component: components.includes('same') ? 'same' : components.includes('related') ? 'related' : 'none',
      symptom: one.symptoms.some(symptom => subject.symptoms.includes(symptom)), dtc: one.dtcs.some(code => subject.dtcs.includes(code)),
      namedVehicle: matchMentions(one.affected, mentions),
    }
    const { mean, deviation } = walks.usual(one.caseId)
    const fused = texts[place]! + agreementBonus(agreement) + walkBonus(((strengths.get(place) ?? 0) - mean) / deviation)
    return { caseId: one.caseId, tier: vehicle ? matchVehicle(one.affected, vehicle).tier : 0, fused, agreement }
  }).sort((a, b) => b.tier - a.tier || b.fused - a.fused)
}

const questionOf = (text: string, keys: { components?: string[]; symptoms?: string[]; dtcs?: string[] }): QuerySubject =>
  readSubject({ text, ...keys }, { link: () => ({ language: 'en', components: [], symptoms: [], dtcs: [] }) as never, glossary, redact: same => same })

describe('rankCases', () => {
  const random = createRandom(11)
  const cases = generateCases(400, random)
  let snapshot: CaseSnapshot
  beforeAll(async () => {
    snapshot = await openSnapshot(cases, random)
  })

  it.each(Array.from({ length: 12 }, (_, at) => at))('answers as if every case were scored by itself and all were sorted: question %i', at => {
    const subject = questionOf(`the ${words[at]} ${words[(at * 3 + 1) % 16]} ${words[(at * 5 + 2) % 16]}`, { components: at % 2 ? ['hose'] : ['display'], ...(at % 3 === 0 && { symptoms: ['leak'] }), ...(at % 4 === 0 && { dtcs: ['P0AA6'] }) })
    const query: RankingQuery = {
      subject, vector: at % 5 === 4 ? null : Float32Array.from(unitVector(random)), retoldVector: null, asked: askedKeys(subject, key => glossary.ancestorsOf(key)),
      identifiers: { parts: new Set(), lots: new Set(), releases: new Set(), suppliers: new Set() }, vehicle: at % 2 ? keyVehicle({ make: 'nio', model: 'es8', modelYear: 2020 }) : null,
      mentions: at % 3 === 1 ? [{ model: 'et5', modelYears: new Set([2021]) }] : [], asOf: null, limit: 400, diverse: false,
    }
    const [ours, plain] = [rankCases(null, snapshot, query), rankPlainly(snapshot, query)]
    expect(ours).toHaveLength(plain.length)
    expect(Math.max(...ours.map(({ fused }, rank) => Math.abs(fused - plain[rank]!.fused)))).toBeLessThan(1e-6)
    expect(ours.map(({ vehicle }) => vehicle?.tier ?? 0)).toEqual(plain.map(({ tier }) => tier))
    const agreements = new Map(plain.map(({ caseId, agreement }) => [caseId, agreement]))
    for (const { candidate, agreement } of ours) expect(agreement).toEqual(agreements.get(candidate.caseId))
    // Few of the cases, or the first few of all: the same cases in the same order.
    const places = snapshot.columns.cases.flatMap((_, place) => (place % 3 === 0 ? [place] : []))
    expect(rankCases(null, snapshot, { ...query, limit: 7 }).map(({ candidate }) => candidate.caseId)).toEqual(ours.slice(0, 7).map(({ candidate }) => candidate.caseId))
    for (const { candidate } of rankCases(places, snapshot, query)) expect(snapshot.columns.placeOf(candidate.caseId)! % 3).toBe(0)
  })
})

describe('createBestFirst', () => {
  it('keeps the best by tier, value and id', () => {
    const best = createBestFirst(3)
    const offers = [[0, 5, 1], [1, 2, 2], [0, 5, 0], [1, 2, 3], [0, 9, 4]] as const
    offers.forEach(([tier, fused, idRank], place) => best.isWorth(tier, fused) && best.offer({ place, tier, fused, idRank }))
    expect(best.list().map(({ place }) => place)).toEqual([1, 3, 4])
    expect([best.isWorth(0, 8.9), best.isWorth(0, 9), best.isWorth(2, 0)]).toEqual([false, true, true])
  })
})
