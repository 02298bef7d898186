import { describe, expect, it } from 'vitest'
import { decideVerdict } from '../../../src/analysis/verdict.ts'
import { candidateConfidence } from '../../../src/workflow/root-causes/candidate-confidence.ts'
import { draftCandidates } from '../../../src/workflow/root-causes/candidate-drafts.ts'
import { classCandidates } from '../../../src/workflow/root-causes/class-candidates.ts'
import { discriminatingTests } from '../../../src/workflow/root-causes/discriminating-tests.ts'
import { blamedNode, conditionsOf } from '../../../src/workflow/root-causes/factor-conditions.ts'
import { candidateStatement } from '../../../src/workflow/root-causes/factor-words.ts'
import { toStatistics } from '../../../src/workflow/root-causes/result-numbers.ts'
import { abstentionOf, verdictWords } from '../../../src/workflow/root-causes/verdict-words.ts'
import { verdictReasonsOfEngine } from './verdict-reasons.ts'
import { rankedCauses, rankedLot, words } from './ranked-double.ts'

const none = { component: 'traction-battery', symptom: 'charging-stops' }
const week = (level: string) => ({ dimension: 'build-week' as const, level, component: null })
const supplier = { dimension: 'supplier' as const, level: 'inverter/S-047/A', component: 'inverter' }
const plant = { dimension: 'plant' as const, level: 'HF2', component: null }

describe('verdictWords', () => {
  it('names class, numbers, margin and power', () => {
    const { en, zh } = verdictWords(rankedCauses(), [], none, words)
    expect(en).toBe(
      'Part lot BAT-100-A/22W10 (traction battery) leads clearly: 23 claims where 3.1 were expected, on 412 cars; rate 15.6 times that of the rest (95 % 8.1 to 30.7); ' +
      'score 26.2, 32.7 nats, p 0.001. It is 6.5 nats ahead of the best other class. 92 % of the levels would show a cause of half the claims.')
    expect(zh).toContain('零件批次 BAT-100-A/22W10')
  })

  it.each(verdictReasonsOfEngine)('has words for %s in both languages', reason => {
    const rival = rankedLot({ classIndex: 1, factors: [plant] })
    const said = verdictWords(rankedCauses({ reason, verdict: 'tied', candidates: [rankedLot(), rival] }), [], none, words)
    expect(said.en).not.toContain(reason)
    expect(said.zh).toMatch(/\p{Script=Han}/u)
    expect(words.wording.missing).toHaveProperty(reason)
    expect(words.wording.nextChecks).toHaveProperty(reason)
  })

  it('names the rival that ties, and what else a text spoke of', () => {
    const [explained, rival] = [rankedLot({ classIndex: 1, factors: [supplier], explainedAway: true }), rankedLot({ classIndex: 2, factors: [plant] })]
    const ranked = rankedCauses({ reason: 'rival-within-margin', verdict: 'tied', margin: 0.4, candidates: [rankedLot(), explained, rival] })
    const { en } = verdictWords(ranked, [{ component: 'wiper', symptom: null }], none, words)
    expect(en).toContain('and plant HF2 cannot be told apart')
    expect(en).toContain('also speaks of Wiper')
  })

  it('says with a cause found what the mix of cars makes of it', () => {
    const mixed = rankedCauses({ candidates: [rankedLot({ statistics: { oddsRatioCrude: 9, oddsRatioStratified: 4.5, confounded: true } })] })
    expect(verdictWords(mixed, [], none, words).en).toContain('its odds ratio is 4.5 instead of 9')
    expect(verdictWords(mixed, [], none, words).zh).toContain('优势比为 4.5，而非 9')
  })

  it('finds no cause in what goes away among cars alike, and says what would settle it', () => {
    const leader = rankedLot({ statistics: { oddsRatioCrude: 1.35, oddsRatioStratified: 0.878, confounded: true } })
    const gone = rankedCauses({ ...decideVerdict({ claims: 40, withoutExposure: 0, pValue: 0.01, powerShare: 0.9, leader: { known: true, associationOnly: false, score: 4, vanishesInStrata: true }, margin: 3.8, weightedDisagrees: false }), candidates: [leader] })
    expect(gone).toMatchObject({ verdict: 'insufficient-evidence', reason: 'gone-in-strata' })
    const { en } = verdictWords(gone, [], none, words)
    expect(en).toContain('nothing is left of it: odds ratio 1.35 over all cars, 0.88 among those alike')
    expect(en).not.toContain('instead of')
    expect(abstentionOf(gone, en, [], words)?.nextChecks[0]).toContain('Within one model and build quarter')
  })

  it('says how many reports have no exposure where too few have', () => {
    expect(verdictWords(rankedCauses({ reason: 'too-few-claims', claims: 3, withoutExposure: 7, candidates: [] }), [], none, words).en).toContain('Only 3 claims')
  })
})

it('abstains with what is missing and what to look at, but not where a cause is found', () => {
  expect(abstentionOf(rankedCauses(), 'because', [], words)).toBe(null)
  expect(abstentionOf(rankedCauses({ verdict: 'tied', reason: 'rival-within-margin' }), 'because', ['look'], words)).toEqual({
    reason: 'because', missing: words.wording.missing['rival-within-margin'], nextChecks: ['look'],
  })
})

describe('candidateStatement', () => {
  it.each([
    ['factor', [supplier], 'Supplier S-047/A of the inverter', '逆变器供应商 S-047/A'],
    ['pair', [plant, { dimension: 'option', level: 'tow-bar', component: null }], 'Plant HF2 together with option tow-bar', '工厂 HF2且选装 tow-bar'],
    ['window', [week('2022-W11'), week('2022-W10'), plant], 'Cars built in weeks 2022-W10 to 2022-W11 in plant HF2', '工厂 HF2、2022-W10 至 2022-W11 周生产的车辆'],
    ['window', [week('2022-W10')], 'Cars built in week 2022-W10', '2022-W10 周生产的车辆'],
  ] as const)('says a %s', (kind, factors, en, zh) => {
    expect(candidateStatement({ kind, factors: [...factors] }, { ...words, labelOf: (_key, language) => (language === 'zh' ? '逆变器' : 'Inverter') })).toEqual({ en, zh })
  })
})

describe('the graph side of a factor', () => {
  it.each([
    [rankedLot().factors[0]!, { label: 'PartLot', id: 'BAT-100-A/22W10' }],
    [{ dimension: 'part-number' as const, level: 'A%2F1', component: 'inverter' }, { label: 'Part', id: 'A/1' }],
    [supplier, { label: 'Supplier', id: 'S-047/A' }],
    [{ dimension: 'software' as const, level: 'BMS@4.1.0', component: null }, { label: 'SoftwareRelease', id: 'BMS@4.1.0' }],
    [week('2022-W10'), null],
  ])('%j is %j', (factor, node) => expect(blamedNode(factor)).toEqual(node))

  it('reads a run of weeks as one span of days', () => {
    expect(conditionsOf([week('2022-W11'), week('2022-W10'), plant])).toEqual([
      { dimension: 'build-week', nodeId: null, component: null, value: null, from: '2022-03-07', to: '2022-03-20' },
      { dimension: 'plant', nodeId: 'HF2', component: null, value: 'HF2', from: null, to: null },
    ])
  })
})

describe('candidates of the answer', () => {
  const unknown = rankedLot({ known: false, factors: [{ dimension: 'supplier', level: 'inverter/unknown', component: 'inverter' }] })
  const member = rankedLot({ factors: [supplier], overlap: 0.93 })
  const rival = rankedLot({ classIndex: 1, factors: [plant], statistics: { score: 20 }, split: { rival: 1, own: { observed: 5, expected: 0.4, vehicles: 30 }, other: { observed: 0, expected: 0.7, vehicles: 50 }, probability: 0.006358 } })
  const ranked = rankedCauses({ candidates: [unknown, rankedLot(), member, rival] })

  it('are one a class, without levels that are not known', () => {
    expect(classCandidates(ranked).map(one => [one.index, one.members.length])).toEqual([[1, 1], [3, 0]])
  })

  it('come before past cases, which keep their place within the most asked for', () => {
    const past = { caseId: '8D-1', title: 'Seal', kind: '8d', score: 0.6, rank: 1, rootCause: 'seal', containment: [], corrective: [], snippet: '', facets: {} as never, dates: { openedAt: null, closedAt: null } } as const
    const drafted = draftCandidates({ analysisId: 'ANA-1', ranked, pastCases: [{ ...past, containment: [], corrective: [] }], refs: [{ source: 'feedback', recordId: 'app:F-1' }], maxCandidates: 2, words })
    expect(drafted.map(one => [one.answer.candidateId, one.answer.rank, one.answer.kind])).toEqual([['ANA-1:1', 1, 'factor'], ['ANA-1:2', 2, 'past-case']])
    expect(drafted[0]).toMatchObject({ blames: [{ label: 'PartLot' }], cites: [{ recordId: 'app:F-1' }], answer: { equivalents: [{ dimension: 'supplier', overlap: 0.93 }] } })
    expect(drafted[1]?.answer).toMatchObject({ statistics: null, pastCase: { caseId: '8D-1', rootCause: 'seal', similarity: 0.6 }, statement: 'Cause of past case 8D-1: seal' })
  })

  it('are told apart by the cars that only one of them has', () => {
    const [split, inspect] = discriminatingTests(rival, ranked.candidates, words)
    expect(split).toContain('Only on plant HF2: 30 cars, 5 claims, 0.4 expected.')
    expect(split).toContain('50 cars, 0 claims, 0.7 expected. This speaks for plant HF2 (p 0.0064).')
    expect(inspect).toContain('Audit the stations of plant HF2')
  })
})

it('turns what JSON cannot say into null', () => {
  const { statistics } = rankedLot({ statistics: { rateRatio: Infinity, rateRatioInterval: [3.2, Infinity], oddsRatioStratified: NaN } })
  expect(toStatistics(statistics)).toMatchObject({ rateRatio: null, rateRatioInterval: [3.2, null], oddsRatioStratified: null, smr: 7.42 })
})

describe('candidateConfidence', () => {
  const of = (given: Partial<Parameters<typeof candidateConfidence>[0]>) => candidateConfidence({ verdict: 'cause-found', pValue: 0.001, lead: 4, ...given })
  it('rises with the lead and falls with p and with doubt', () => {
    // 0.97 × 0.999 × 1 / (1 + e^-2) = 0.8535
    expect(of({})).toBe(0.854)
    expect(of({ lead: 6 })).toBeGreaterThan(of({}))
    expect(of({ lead: null })).toBeGreaterThan(of({ lead: 20 }) - 0.001)
    expect(of({ pValue: 0.04 })).toBeLessThan(of({}))
    expect([of({}), of({ verdict: 'tied' }), of({ verdict: 'insufficient-evidence' }), of({ verdict: 'no-tracked-cause' })].toSorted((a, b) => b - a)).toEqual([
      of({}), of({ verdict: 'tied' }), of({ verdict: 'insufficient-evidence' }), of({ verdict: 'no-tracked-cause' }),
    ])
  })
})
