import { describe, expect, it } from 'vitest'
import { readLabels } from '../../src/vocabulary/text-labels.ts'
import { createAssess, createLinker, createVocabulary } from '../../src/vocabulary/index.ts'
import { readVocabularyFiles } from '../../src/vocabulary-files.ts'

const vocabulary = createVocabulary(readVocabularyFiles())
const linker = createLinker(vocabulary)
const assess = createAssess(vocabulary)

describe('readLabels', () => {
  const labels = { about: '', symptoms: ['noise', 'smoke'], components: ['damper'], qualityIssue: true as const, events: ['crash', 'fire'] }

  it('gives each side the chances that are its own', () => {
    const { symptoms, components, qualityIssue, events } = readLabels(labels, Float32Array.of(0.25, 0.75, 0.5, 0.125, 0.875, 0.25))!
    expect([symptoms.shareOf('noise'), symptoms.shareOf('damper'), symptoms.highest, symptoms.likeliest(1)]).toEqual([0.25, undefined, 0.75, ['smoke']])
    expect([components.shareOf('damper'), components.likeliest(5)]).toEqual([0.5, ['damper']])
    expect(qualityIssue).toBe(0.125)
    expect(events).toEqual({ crash: 0.875, fire: 0.25 })
  })

  it.each([[undefined, Float32Array.of(1, 1, 1, 1, 1, 1)], [labels, null], [labels, Float32Array.of(1, 1, 1, 1)]] as const)('reads nothing where labels or chances are missing or do not fit', (known, chances) => {
    expect(readLabels(known, chances)).toBeUndefined()
  })
})

describe('a text linked with what the labeller hears', () => {
  const { symptoms, components, events } = vocabulary.files.calibration.labels!
  const keys = [...symptoms, ...components]
  const heard = (...told: string[]) => ({
    modelId: 'any', embedding: new Float32Array(384),
    labels: Float32Array.from([...keys, 'issue', ...events.map(key => `told ${key}`)], key => (told.includes(key) || key === 'issue' ? 0.97 : 0.003)),
  })
  const text = '钟面停在十点十分一路没动过'

  it('is linked by that, where the words say little', () => {
    const linked = linker.link(text, { vector: heard('screen-freeze', 'instrument-cluster') })
    expect(linked.symptoms).toContainEqual(expect.objectContaining({ key: 'screen-freeze', method: 'embedding' }))
    expect(linked.components).toContainEqual(expect.objectContaining({ key: 'instrument-cluster' }))
    expect(linked.soundsLikeIssue).toBeCloseTo(0.97)
    expect(linker.link(text).symptoms.map(({ key }) => key)).not.toContain('screen-freeze')
    expect(linker.link(text).soundsLikeIssue).toBeNull()
  })

  it('keeps what the words say plainly', () => {
    const keysOf = (labels?: ReturnType<typeof heard>) => linker.link('充电到一半就停了', { vector: labels }).findings.map(({ symptom }) => symptom)
    expect(keysOf(heard('charging-stops'))).toEqual(['charging-stops'])
    expect(keysOf(heard())).toEqual(keysOf())
  })

  it('is heard beside forms that fill their clauses, though no open clause sounds so', () => {
    const beside = '方向盘打不动，刹车很硬，走着走着它就睡着了'
    const keysOf = (labels?: ReturnType<typeof heard>) => linker.link(beside, { vector: labels }).symptoms.map(({ key }) => key)
    expect(keysOf()).not.toContain('stall')
    expect(keysOf(heard('stall', 'steering-heavy', 'brake-pedal-hard'))).toEqual(expect.arrayContaining(['stall', 'steering-heavy']))
  })

  it('grounds a hazard from a lower chance on than it links', () => {
    const text = '走着走着它就睡着了'
    const chances = [0.003, 0.02, 0.05, 0.1, 0.97].map(chance => {
      const { labels, ...vector } = heard()
      const linked = linker.link(text, { vector: { ...vector, labels: labels.map((low, at) => (keys[at] === 'stall' ? chance : low)) } })
      return { linked: linked.symptoms.some(({ key }) => key === 'stall'), hazards: assess({ links: linked, dtcs: [], flags: {} }).hazards.map(({ key }) => key) }
    })
    const grounded = chances.map(({ hazards }) => hazards.includes('loss-of-propulsion'))
    expect([grounded[0], grounded[4], chances[4]!.linked]).toEqual([false, true, true])
    // Somewhere between it is a hazard and no link yet.
    expect(chances.filter(({ linked }, at) => grounded[at] && !linked).length).toBeGreaterThan(0)
  })

  it.each(['', ' ', '。。。', '!!', '…'])('hears nothing in "%s", which says nothing', text => {
    expect(linker.link(text, { vector: heard('fire') }).symptoms).toEqual([])
  })

  it.each(["My neighbour's car burned down last night.", '邻居的车昨晚烧了'])('hears nothing of another car: %s', text => {
    expect(linker.link(text, { vector: heard('fire') }).symptoms).toEqual([])
  })

  it.each([['crash', 'crash-reported'], ['injury', 'injury-reported']])('grounds a hazard by an event that is heard and stands in no cue: %s', (event, hazard) => {
    const words = 'It is with the insurance now and I have nothing to drive.'
    const assessed = (vector?: ReturnType<typeof heard>) => assess({ links: linker.link(words, { vector }), byWords: linker.link(words), dtcs: [], flags: {} })
    const [plain, told] = [assessed(heard()), assessed(heard(`told ${event}`))]
    expect([plain.hazards, plain.severity.level < 9]).toEqual([[], true])
    expect([told.hazards.map(({ key, nearMiss }) => [key, nearMiss]), told.severity.level]).toEqual([[[hazard, false]], 10])
    expect(told.severity.reasons[0]).toContain('the text sounds like')
  })

  it('is grave, and a quality issue, where a danger is heard that has no name', () => {
    const words = 'Es ist jetzt bei der Versicherung.'
    const assessed = (vector: ReturnType<typeof heard>) => assess({ links: linker.link(words, { vector }), byWords: linker.link(words), dtcs: [], flags: {} })
    expect(assessed(heard()).severity.level).toBeLessThan(9)
    expect(assessed(heard('told danger'))).toEqual({ severity: { level: 9, reasons: ['the text sounds like a danger to people'] }, hazards: [], qualityIssue: true })
  })

  it.each(['I nearly hit a tree, luckily nothing happened', '差点撞到前车，好在没事'])('reports no crash where words say that it nearly came to one: %s', words => {
    const vector = heard('told crash')
    const hazards = assess({ links: linker.link(words, { vector }), byWords: linker.link(words), dtcs: [], flags: {} }).hazards
    expect(hazards.filter(({ nearMiss }) => !nearMiss).map(({ key }) => key)).not.toContain('crash-reported')
  })

  it('decides what a long text merely sounds like', () => {
    const long = `${'这辆车买了两年了，一直在同一家店保养。'.repeat(40)}走着走着它就睡着了。`
    const keysOf = (labels: ReturnType<typeof heard>) => linker.link(long, { vector: labels }).symptoms.map(({ key }) => key)
    expect([keysOf(heard()), keysOf(heard('stall'))]).toEqual([[], ['stall']])
  })
})
