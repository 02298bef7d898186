import { describe, expect, it } from 'vitest'
import { linkedFrom } from '../../src/vocabulary/component-judge.ts'
import { createLinker, createVocabulary } from '../../src/vocabulary/index.ts'
import { readVocabularyFiles } from '../../src/vocabulary-files.ts'
import { linker } from './shipped-vocabulary.ts'

const componentsOf = (text: string) => linker.link(text).components
const linkedIn = (text: string): string[] => componentsOf(text).filter(({ confidence }) => confidence >= linkedFrom).map(({ key }) => key)

describe('components by what a text sounds like', () => {
  it.each([
    ['ran out of brakes going downhill, the middle pedal went to the floor', 'brakes'],
    ['the thing that shows my speed went dark again', 'center-display'],
    ['Vehicle stalled at an intersection and would not restart', 'engine'],
  ])('links one that no form names: %s', (text, component) => {
    expect(linkedIn(text)).toContain(component)
    const heard = componentsOf(text).filter(({ key }) => key === component)
    expect(heard.every(({ span: [start, end] }) => start >= 0 && end > start && end <= text.length)).toBe(true)
  })

  it('leaves what was said in findings as it was said', () => {
    expect(linker.link('Vehicle stalled at an intersection').findings.map(({ component }) => component)).toEqual([null])
  })

  it.each([
    ['Left tail light has condensation inside', 'headlamp'],
    ['仪表屏突然黑屏，重启两次才恢复', 'center-display'],
    ['行驶中抬头显示花屏', 'center-display'],
    ['刹车踏板变硬踩不动', 'brake-booster'],
  ])('adds no neighbour to a component that is named and likely: %s', (text, neighbour) => {
    expect(componentsOf(text).map(({ key }) => key)).not.toContain(neighbour)
  })

  it('hears no component where nothing is told to be wrong', () => {
    expect(componentsOf('没有响声')).toEqual([])
    expect(componentsOf('隔壁的车着火了，我的车没事')).toEqual([])
  })

  it('says of a display that only shows the message that it is hardly at fault', () => {
    const [battery, display] = ['traction-battery', 'instrument-cluster'].map(key => componentsOf('充电到一半就停了，仪表提示动力电池故障').find(one => one.key === key)?.confidence ?? 0)
    expect(battery).toBeGreaterThan(0.7)
    expect(display).toBeLessThan(0.3)
  })

  it('goes by what speaks for a component alone where no chance was measured', () => {
    const files = readVocabularyFiles()
    const { componentJudge: _, ...links } = files.calibration.links
    const plain = createLinker(createVocabulary({ ...files, calibration: { ...files.calibration, links } }))
    expect(plain.link('刹车踏板变硬踩不动').components).toMatchObject([{ key: 'brakes', confidence: links.components.form, method: 'alias' }])
    expect(plain.link('Vehicle stalled at an intersection').components).toEqual([])
  })

  it('refuses a calibration that names a component there is none of', () => {
    const files = readVocabularyFiles()
    const { componentWording } = files.calibration
    const classes = ['flux-capacitor', ...componentWording.classes.slice(1)]
    expect(() => createVocabulary({ ...files, calibration: { ...files.calibration, componentWording: { ...componentWording, classes } } })).toThrow(/unknown component flux-capacitor/)
  })
})
