import { describe, expect, it } from 'vitest'
import { chineseCases, englishCases, mixedCases, modalityCases } from './linking-cases.ts'
import { linker } from './shipped-vocabulary.ts'

type Said = { component: string | null; symptom: string | null; negated: boolean; past: boolean; hypothetical: boolean }

const spell = ({ component, symptom, negated, past, hypothetical }: Said): string =>
  `${component ?? '-'}×${symptom ?? '-'}${negated ? '!' : ''}${past ? '<' : ''}${hypothetical ? '?' : ''}`

const findingsOf = (text: string): string[] => linker.link(text).findings.map(spell)

describe('what a text says', () => {
  it.each([...englishCases, ...chineseCases, ...modalityCases, ...mixedCases].map(([text, ...said]) => ({ text, said })))('$text', ({ text, said }) => {
    expect(findingsOf(text).sort()).toEqual([...said].sort())
  })

  it('marks exactly the words that said it', () => {
    const [finding] = linker.link('充电到一半就停了，仪表提示动力电池故障').findings
    expect(finding).toMatchObject({ symptom: 'charging-stops', span: [0, 8] })
  })
})

describe('must link', () => {
  it('ties wordings without a common word to one symptom', () => {
    expect([findingsOf('充电失败'), findingsOf('充不上电'), findingsOf('will not charge')]).toEqual([
      ['-×does-not-charge'],
      ['-×does-not-charge'],
      ['-×does-not-charge'],
    ])
  })

  it('ties two names of one display to the same component, and keeps the two symptoms apart', () => {
    expect(findingsOf('中控屏黑屏')).toEqual(['center-display×screen-black'])
    expect(findingsOf('车机屏幕死机')).toEqual(['center-display×screen-freeze'])
  })
})

describe('must not merge', () => {
  const componentsOf = (text: string): string[] => linker.link(text).components.map(({ key }) => key)

  it.each([
    ['12V battery is dead', 'HV battery warning'],
    ['battery', 'battery overheating'],
    ['动力电池包', '前电机'],
    ['BMS 过温', 'BMS 欠压'],
  ])('%s / %s', (left, right) => {
    const [a, b] = [linker.link(left), linker.link(right)]
    const keys = (links: typeof a): string => [...links.components, ...links.symptoms].map(({ key }) => key).join()
    expect(keys(a)).not.toBe(keys(b))
  })

  it('keeps codes that differ in one digit apart', () => {
    const codes = linker.link('P0300, P0301, P0A80-00 and P0A81-00 stored').dtcs.map(({ code }) => code)
    expect(codes).toEqual(['P0300', 'P0301', 'P0A80', 'P0A81'])
  })

  it('tells the small battery from the traction battery', () => {
    expect(componentsOf('小电瓶')).toEqual(['low-voltage-battery'])
    expect(componentsOf('动力电池')).toEqual(['traction-battery'])
  })
})

describe('language', () => {
  it.each([
    ['充不上电', 'zh'],
    ['will not charge', 'en'],
    ['中控 screen 黑屏 again and again today', 'mixed'],
  ])('%s is %s', (text, language) => {
    expect(linker.link(text).language).toBe(language)
  })
})

describe('clauses without a link', () => {
  const unlinked = (text: string) => linker.link(text).unlinkedClauses.map(({ span: [from, to], ...rest }) => ({ words: text.slice(from, to), ...rest }))

  it('keeps what named no symptom, with the components it names', () => {
    expect(unlinked('充不上电，我昨天去了趟北京，谢谢')).toEqual([{ words: '我昨天去了趟北京', components: [], hasFaultWords: false }])
    expect(unlinked('The car will not charge. The seat makes me feel like sitting on gravel.')).toMatchObject([{ components: ['seat-frame'], hasFaultWords: false }])
  })

  it('leaves out negated and past symptoms, told events and mere courtesies', () => {
    expect(unlinked('没有异响，之前的抖动已经修好了，追尾了，谢谢')).toEqual([])
  })
})

describe('whose car', () => {
  it.each([
    ['隔壁的车着火了，我的车没事', []],
    ["My neighbor's car caught fire last night.", []],
    ['听说这款车会自燃', []],
    ['我的车停在隔壁的车旁边，充不上电', ['-×does-not-charge']],
    ["My friend's car is fine, but my car will not start.", ['-×no-start']],
    ['我的车着火了，隔壁的车也被烧了', ['-×fire']],
  ])('%s', (text, said) => {
    expect(findingsOf(text)).toEqual(said)
  })
})

describe('the component a symptom implies', () => {
  const componentsOf = (text: string): string[] => linker.link(text).components.map(({ key }) => key)

  it('stands among the components, the finding keeps its open side', () => {
    expect(findingsOf('一直烧机油')).toEqual(['-×oil-consumption'])
    expect(componentsOf('一直烧机油')).toEqual(['engine'])
  })

  it('sharpens a system, not a part that was named', () => {
    expect(componentsOf('高速上辅助驾驶幽灵刹车')).toContain('driver-assistance-controller')
    expect(componentsOf('仪表黑屏了')).toEqual(['instrument-cluster'])
  })

  it('is left out where the symptom is denied', () => {
    expect(componentsOf('没有烧机油')).toEqual([])
  })
})

it('keeps what grounds a hazard also where the sentence sounds of something else', () => {
  const text = 'Driving at 65 mph on the highway I heard a loud pop, a warning to check the electrical system came on, and the car lost all power within two minutes. The 12V battery was not being charged.'
  expect(findingsOf(text).filter(found => found.includes('loss-of-drive'))).toHaveLength(1)
})
