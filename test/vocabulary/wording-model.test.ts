import { describe, expect, it } from 'vitest'
import { chanceOf } from '../../src/vocabulary/link-judge.ts'
import { splitClauses } from '../../src/vocabulary/clauses.ts'
import { gramsOf } from '../../src/vocabulary/text-grams.ts'
import { createWordingModel } from '../../src/vocabulary/wording-model.ts'
import { linker, vocabulary } from './shipped-vocabulary.ts'

/** Two classes, two grams of weight ln-free 1 and 2; one step of a weight is worth 0.01. */
const tiny = createWordingModel({
  about: '', source: '', classes: ['noise', 'smoke'], grams: 'hum\nfume', idf: [1, 2], bias: [0, 0], scale: [0.01, 0.01],
  weights: Buffer.from(Int8Array.from([100, -100, 0, 100]).buffer).toString('base64'),
})
const read = (text: string) => tiny.read(text, splitClauses(text, []))
const shipped = createWordingModel(vocabulary.files.calibration.wording)
const likeliest = (text: string): string[] => {
  const shares = shipped.read(text, splitClauses(text, [])).whole()
  return [...shares.keys()].sort((a, b) => (shares[b] as number) - (shares[a] as number)).slice(0, 3).map(index => shipped.classes[index] as string)
}

describe('what a stretch of words sounds like', () => {
  it('is a softmax over the weights of its grams, divided by their length', () => {
    // "hum": logits 1·1 and −1·1 over length 1: e¹ / (e¹ + e⁻¹) = 0.8808
    expect(read('hum').whole()[0]).toBeCloseTo(0.8808, 4)
    // "hum fume": logits 1 and −1 + 2, length √(1 + 4): both 1 / √5, so even
    expect([...read('hum fume').whole()]).toEqual([expect.closeTo(0.5, 6), expect.closeTo(0.5, 6)])
    expect([...read('nothing known').whole()]).toEqual([0.5, 0.5])
  })

  it('hears a Chinese word said twice over as said once', () => {
    expect(gramsOf('又咕噜咕噜的')).toEqual(gramsOf('又咕噜的'))
    expect(gramsOf('嗡嗡的')).toContain('嗡嗡')
  })

  it('is read clause by clause and sentence by sentence', () => {
    const reading = read('hum, fume. hum')
    expect(reading.ofClause(0)[0]).toBeCloseTo(0.8808, 4)
    // "fume": logits 0 and 2 over length 2: e⁰ / (e⁰ + e¹)
    expect(reading.ofClause(1)[0]).toBeCloseTo(0.2689, 4)
    expect(reading.ofSentence(0)[0]).toBeCloseTo(0.5, 6)
    expect(reading.ofSentence(1)[0]).toBeCloseTo(0.8808, 4)
  })

  it('is read by the grams it was fitted on, each as often as met', () => {
    const text = 'the brake pedal squealed and the brake 刹车异响'
    const met = gramsOf(text)
    const known = [...new Set(met)]
    const counting = createWordingModel({
      about: '', source: '', classes: ['met', 'none'], grams: known.join('\n'), idf: known.map(() => 1), bias: [0, 0], scale: [1, 1],
      weights: Buffer.from(Int8Array.from(known.flatMap(() => [1, 0])).buffer).toString('base64'),
    })
    // n grams of weight 1: logit n over length √n.
    const [share = 0, other = 1] = counting.read(text, splitClauses(text, [])).whole()
    expect(Math.log(share / other)).toBeCloseTo(Math.sqrt(met.length), 6)
  })

  it.each([
    ['brakng squeling noize', 'noise-squeal'],
    ['stearing weel so heavvy to turn', 'steering-heavy'],
    ['安全袋拉不处来', 'seat-belt-failure'],
  ])('%s is near %s, slips and all', (text, key) => {
    expect(likeliest(text)).toContain(key)
  })
})

describe('the judge', () => {
  it('weighs features by logistic regression', () => {
    // −1 + 2·0.5 + 3·0 = 0
    expect(chanceOf({ bias: 1, a: 0.5, unknown: 9 }, { bias: -1, a: 2, b: 3 })).toBe(0.5)
  })

  it('says by which method a link was made', () => {
    expect(linker.link('充不上电').symptoms).toMatchObject([{ key: 'does-not-charge', method: 'alias' }])
    const [heard] = linker.link('方向盘手感像在搅一锅粥').symptoms
    expect(heard).toMatchObject({ method: 'tfidf' })
  })

  it('doubts a form whose sentence is about something else, and keeps it for the hazards', () => {
    const { symptoms, doubted } = linker.link('换电后蓝牙一直搜不到手机，卡在连接界面，蓝牙音乐也放不了')
    expect(symptoms.map(({ key }) => key)).not.toContain('brake-drag')
    expect([...symptoms, ...doubted].every(({ confidence }) => confidence > 0 && confidence < 1)).toBe(true)
  })

  it('stays out where a symptom was said, denied or asked about', () => {
    for (const text of ['充不上电', '没有异响', '请问方向盘加热怎么用']) expect(linker.link(text).findings.every(({ method }) => method !== 'tfidf')).toBe(true)
  })

  it('reads nothing into identifiers', () => {
    expect(linker.link('P0300 P0301').findings).toEqual([])
  })
})
