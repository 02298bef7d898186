import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ComparedReport } from '../../../src/graph/ports/duplicates.ts'
import { projectRoot } from '../../../src/project-root.ts'
import { readWording } from '../../../src/vocabulary-files.ts'
import { createCompareTools } from '../../../src/workflow/duplicates/compare-tools.ts'
import { parseDuplicateRules } from '../../../src/workflow/duplicates/duplicate-rules.ts'
import { createLearnLikeness, learnLikeness } from '../../../src/workflow/duplicates/likeness.ts'
import { createReadPositions, positionConflict } from '../../../src/workflow/duplicates/position-words.ts'
import { createSayGround } from '../../../src/workflow/duplicates/reason-words.ts'
import { edgeChanges } from '../../../src/workflow/duplicates/settled-edges.ts'
import { createReadDetails, identifierConflict, numbersContradict, sharedDetails } from '../../../src/workflow/duplicates/told-details.ts'

const given = readWording('duplicates', path.join(projectRoot, 'vocabulary'))
const rules = parseDuplicateRules(given)

it('names every wrong key of the rules', () => {
  expect(() => parseDuplicateRules({ ...(given as object), jaccard: 2 })).toThrow(expect.objectContaining({ code: 'FB_VOCABULARY_INVALID' }))
})

describe('positions', () => {
  const read = createReadPositions(rules)
  it.each([
    ['左前轮异响', '右前轮异响'], ['前电机啸叫', '后驱电机啸叫'], ['second row seat stuck', '第三排座椅卡住'], ["driver's door", '副驾车门'],
    ['rear left door', 'front left door'], ['主驾座椅', '后排座椅'],
  ])('%s and %s are two places', (a, b) => expect(positionConflict(read(a), read(b))).not.toBeNull())
  it.each([
    ['左前门异响', '车门异响'], ['后排座椅加热', 'second row seat heater'], ['左转的时候右前轮响', '右前轮响'], ['it stalled right after I left the garage, left wheel', 'left wheel'],
    ['the car left me stranded', 'right front tire'], ['续航还剩80左右就趴窝', '右前轮'], ['后来又坏了', '前轮'], ['rear-ended, front bumper', 'front bumper'],
  ])('%s and %s may be one place', (a, b) => expect(positionConflict(read(a), read(b))).toBeNull())
})

describe('details', () => {
  const details = createReadDetails(rules)
  const of = (text: string, dtcs: string[] = []) => details(text, dtcs)
  it('agree and contradict by unit', () => {
    expect(sharedDetails(of('充到43%就停，气温-10度'), of('stopped at 43 percent'))).toEqual(['43 percent'])
    expect(numbersContradict(of('at 43 %'), of('充到80%'), 0.25)).toBe(true)
    expect(numbersContradict(of('时速40公里'), of('at 43 %'), 0.25)).toBe(false)
    expect(numbersContradict(of('about 40 %'), of('43%'), 0.25)).toBe(false)
  })
  it('hold identifiers exactly', () => {
    expect(identifierConflict(of('x', ['P0300']), of('x', ['P0301']))).toEqual({ a: 'P0300', b: 'P0301' })
    expect(identifierConflict(of('x', ['P0A80-00']), of('x', ['P0A80-01']))).not.toBeNull()
    expect(identifierConflict(of('x', ['P0A80']), of('x', ['P0A80-01']))).toBeNull()
    expect(identifierConflict(of('since 3.1.4'), of('since V3.1.5'))).toEqual({ a: '3.1.4', b: '3.1.5' })
    expect(identifierConflict(of('lot 22W10 replaced'), of('lot 22W11 replaced'), { nearText: true })).toEqual({ a: '22w10', b: '22w11' })
  })
})

describe('likeness', () => {
  it('is the share of random pairs of two languages that are less alike, on the line between known shares', () => {
    const likeness = learnLikeness([], 'multilingual-e5-small/fp32', rules.cosine)
    // zh-zh: .884 is the median, .893 the third quartile; half way between them .625
    expect(likeness('zh', 'zh', 0.884)).toBeCloseTo(0.5)
    expect(likeness('zh', 'zh', 0.8885)).toBeCloseTo(0.625)
    expect(likeness('zh', 'en', 0.884)).toBe(1)
    expect(likeness('zh', 'zh', 0.7)).toBe(0)
    expect(learnLikeness([], 'another-model', rules.cosine)('zh', 'zh', 0.99)).toBe(0)
  })
})

describe('likeness that is learnt', () => {
  const vector = (embeddingModel: string) => ({ language: 'zh', embedding: [1, 0], embeddingModel })
  const learn = (modelId: string | null, stored: ReturnType<typeof vector>[]) =>
    createLearnLikeness({ store: { sampleVectors: wanted => Promise.resolve(stored.filter(({ embeddingModel }) => wanted === null || embeddingModel === wanted)) }, modelId, rules: rules.cosine, now: () => 0 })()
  it('is that of the stored vectors where a process has no model of its own', async () => {
    const stored = [vector('other'), vector('multilingual-e5-small/fp32'), vector('multilingual-e5-small/fp32')]
    expect((await learn(null, stored))('zh', 'zh', 0.884)).toBeCloseTo(0.5)
    expect((await learn('other', stored))('zh', 'zh', 0.884)).toBe(0)
    expect((await learn(null, []))('zh', 'zh', 0.99)).toBe(0)
  })
})

describe('settling a car', () => {
  const vocabulary = { ancestorsOf: (key: string) => (key === 'brake-pad' ? ['brakes'] : []), labelOf: (key: string) => key }
  const tools = createCompareTools({ rules, say: createSayGround(readWording('duplicates'), vocabulary), vocabulary, soundsLike: text => (text.includes('brakes') ? [1, 0, 0] : text.includes('wiper') ? [0, 1, 0] : text.includes('both') ? [0.5, 0.5, 0] : [0, 0, 1]) })
  const { settleCar } = tools.judgesFor(() => 0)
  const report = (id: string, day: number, component: string | null, symptom: string | null, text = `${id}: ${id}`): ComparedReport => ({
    id, channel: 'hotline', text, language: 'en', occurredAt: new Date(Date.UTC(2024, 0, 1 + day)).toISOString(), vehicleId: 'car', model: null, region: null, odometerKm: null,
    personRef: null, findings: component === null && symptom === null ? [] : [{ component, symptom, confidence: 1 }], dtcs: [], embedding: null, embeddingModel: null,
  })
  const settle = (reports: ComparedReport[], parted: [string, string][] = []) =>
    settleCar(reports.map(tools.read), (a, b) => parted.some(pair => pair.includes(a) && pair.includes(b))).map(({ later, relation, earlier }) => `${later.id} ${relation} ${earlier.id}`)

  it('measures a chain from its first event, whatever the order', () => {
    const reports = [report('c', 40, 'brakes', 'noise'), report('a', 0, 'brakes', 'noise'), report('b', 20, 'brakes', 'noise'), report('d', 60, 'brakes', 'noise')]
    expect(settle(reports)).toEqual(['b same-issue a', 'd same-issue c'])
  })
  it('takes a part and its parent for one component, another part for another problem', () => {
    expect(settle([report('a', 0, 'brakes', 'noise'), report('b', 5, 'brake-pad', 'noise'), report('c', 6, 'wiper', 'noise')])).toEqual(['b same-issue a'])
  })
  it('begins a chain of its own for a problem that a joined report adds', () => {
    const both = { ...report('b', 5, 'brakes', 'noise'), findings: [{ component: 'brakes', symptom: 'noise', confidence: 1 }, { component: 'wiper', symptom: 'noise', confidence: 1 }] }
    expect(settle([report('a', 0, 'brakes', 'noise'), both, report('c', 6, 'wiper', 'noise')])).toEqual(['b same-issue a', 'c same-issue b'])
  })
  it('lets a parted report join no group that holds the other', () => {
    const text = 'the left wheel of my car makes a loud noise every morning'
    const three = [report('a', 0, 'wheels', 'noise', text), report('b', 1, 'wheels', 'noise', text), report('c', 2, 'wheels', 'noise', text)]
    expect(settle(three)).toEqual(['b duplicate-of a', 'c duplicate-of a'])
    expect(settle(three, [['c', 'a']])).toEqual(['b duplicate-of a'])
  })
  it('does not make two problems one because a report between them tells of both', () => {
    const of = (id: string, channel: string, ...said: [string, string][]) => ({ ...report(id, 0, null, null, `it is the ${said.length > 1 ? 'both' : said[0]![0]}`), channel, findings: said.map(([component, symptom]) => ({ component, symptom, confidence: 1 })) })
    const [brakes, both, wiper] = [of('a', 'app', ['brakes', 'noise']), of('b', 'hotline', ['brakes', 'noise'], ['wiper', 'streaks']), of('c', 'nomi', ['wiper', 'streaks'])]
    expect(settle([brakes, both])).toEqual(['b duplicate-of a'])
    expect(settle([both, wiper])).toEqual(['c duplicate-of b'])
    expect(settle([brakes, both, wiper])).toEqual(['b duplicate-of a'])
  })
  it('counts the same words for ninety days, the same few words for three', () => {
    const text = 'the left wheel of my car makes a loud noise every morning'
    expect(settle([report('a', 0, null, null, text), report('b', 89, null, null, text)])).toEqual(['b duplicate-of a'])
    expect(settle([report('a', 0, null, null, text), report('b', 91, null, null, text)])).toEqual([])
    expect(settle([report('a', 0, null, null, '充不上电'), report('b', 2, null, null, '充不上电'), report('c', 20, null, null, '充不上电')])).toEqual(['b duplicate-of a', 'c same-issue a'])
  })
})

it('leaves what a person made, and what still stands', () => {
  const edge = { from: 'b', to: 'a', type: 'same-issue' as const, score: 0.9, reason: 'x', reasonZh: 'x', method: 'same-class' as const, at: '2024-01-01', by: 'fishbone', was: null }
  const said = { ...edge, from: 'c', type: 'distinct' as const, by: 'li' }
  expect(edgeChanges([edge, said], [{ ...edge, at: '2025-01-01' }])).toEqual({ remove: [], write: [] })
  expect(edgeChanges([edge, said], [])).toEqual({ remove: [edge], write: [] })
  expect(edgeChanges([edge], [{ ...edge, score: 0.7 }]).write).toHaveLength(1)
})
