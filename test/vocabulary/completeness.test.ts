import { describe, expect, it } from 'vitest'
import { coreComponents, coreSymptoms } from './core-keys.ts'
import { vocabulary } from './shipped-vocabulary.ts'

const isSystem = (key: string): boolean => vocabulary.components.get(key)?.parent === null

describe('the keys of the import contract', () => {
  it('holds every component', () => {
    expect(coreComponents.filter(key => !vocabulary.components.has(key))).toEqual([])
  })

  it('holds every symptom', () => {
    expect(coreSymptoms.filter(key => !vocabulary.symptoms.has(key))).toEqual([])
  })

  it('keeps the tree of the contract', () => {
    expect(vocabulary.ancestorsOf('battery-module')).toEqual(['traction-battery', 'electric-powertrain'])
    expect(vocabulary.ancestorsOf('clutch')).toEqual(['transmission', 'combustion-powertrain'])
    expect(vocabulary.ancestorsOf('noise-whine')).toEqual(['noise'])
  })
})

describe('every term', () => {
  const terms = [...vocabulary.components, ...vocabulary.symptoms]

  it.each(terms.map(([key, term]) => ({ key, term })))('$key has labels and definitions in both languages', ({ term }) => {
    for (const text of [term.label, term.definition]) {
      expect(text.en).toMatch(/[a-z]/i)
      expect(text.zh).toMatch(/[\u4e00-\u9fff]/)
    }
  })

  it.each([...vocabulary.symptoms.keys()].filter(key => key !== 'other-symptom'))('symptom %s has at least eight wordings a language', key => {
    expect(vocabulary.formsOf(key, 'en').length).toBeGreaterThanOrEqual(8)
    expect(vocabulary.formsOf(key, 'zh').length).toBeGreaterThanOrEqual(8)
  })

  it.each([...vocabulary.components.keys()].filter(key => !isSystem(key) && key !== 'unclassified'))('component %s has at least four wordings a language', key => {
    expect(vocabulary.formsOf(key, 'en').length).toBeGreaterThanOrEqual(4)
    expect(vocabulary.formsOf(key, 'zh').length).toBeGreaterThanOrEqual(4)
  })

  it('has a severity, so that no symptom falls through the table', () => {
    const { bySymptom } = vocabulary.files.severity
    const rated = (key: string): boolean => [key, ...vocabulary.ancestorsOf(key)].some(name => name in bySymptom)
    expect([...vocabulary.symptoms.keys()].filter(key => !rated(key))).toEqual([])
  })
})

describe('fault codes', () => {
  it.each([
    ['P0AA6', 'isolation-fault'],
    ['P0301', 'misfire'],
    ['P0A7E', 'overheating'],
  ])('%s points at %s', (code, symptom) => {
    expect(vocabulary.symptomsOfDtc(code)).toEqual([symptom])
  })
})
