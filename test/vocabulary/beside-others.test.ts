import { describe, expect, it } from 'vitest'
import { createKinship, featuresBesideOthers } from '../../src/vocabulary/beside-others.ts'
import { createLinker, createVocabulary } from '../../src/vocabulary/index.ts'
import { readVocabularyFiles } from '../../src/vocabulary-files.ts'
import { vocabulary } from './shipped-vocabulary.ts'

const kinship = createKinship(vocabulary, { 'fuel-leak': ['odor'] })
const weighed = (key: string, chance: number, clause = 0, isForm = false) => ({ key, chance, clause, isForm })
const featuresOf = (key: string, ...all: ReturnType<typeof weighed>[]) => featuresBesideOthers(all, kinship)[all.findIndex(one => one.key === key)]

describe('a candidate beside the others of its text', () => {
  it('stands alone without others', () => {
    expect(featuresOf('odor', weighed('odor', 0.5))).toEqual({
      bias: 1, first: 0, form: 0, inClause: 0, highest: 0, formHighest: 0, sum: 0, leads: 1, ahead: 0, elsewhere: 0, elsewhereBy: 0, group: 0, groupSum: 0, kin: 0, nameOf: 0, nameFor: 0, outnamed: 0,
    })
  })

  it('sees the likeliest other of the text, of its clause, and how many are ahead', () => {
    expect(featuresOf('odor', weighed('odor', 0.5), weighed('warning-light', 0.9, 1), weighed('jerk', 0.6))).toMatchObject({ highest: 0.9, inClause: 0.6, sum: 0.75, ahead: 0.5, leads: 0 })
  })

  it('counts what is heard in several clauses once', () => {
    expect(featuresOf('odor', weighed('odor', 0.5), weighed('jerk', 0.6), weighed('jerk', 0.4, 1))).toMatchObject({ sum: 0.3, ahead: 0.25 })
  })

  it('knows where the same is told louder', () => {
    expect(featuresOf('odor', weighed('odor', 0.5), weighed('odor', 0.75, 1))).toMatchObject({ elsewhere: 1, elsewhereBy: 0.25, highest: 0 })
  })

  it('knows the more general symptom, and two of one parent, as kin', () => {
    expect(featuresOf('noise', weighed('noise', 0.3), weighed('noise-squeal', 0.8))).toMatchObject({ kin: 0.8 })
    expect(featuresOf('noise-whine', weighed('noise-whine', 0.3), weighed('noise-squeal', 0.8))).toMatchObject({ kin: 0.8, group: 0.8 })
    expect(featuresOf('odor', weighed('odor', 0.3), weighed('noise-squeal', 0.8))).toMatchObject({ kin: 0, group: 0 })
  })

  it('knows another name in either direction', () => {
    expect(featuresOf('odor', weighed('odor', 0.3), weighed('fuel-leak', 0.8))).toMatchObject({ nameOf: 0.8, nameFor: 0, outnamed: 1 })
    expect(featuresOf('fuel-leak', weighed('fuel-leak', 0.8), weighed('odor', 0.3))).toMatchObject({ nameOf: 0, nameFor: 0.3, outnamed: 0 })
  })

  it('weighs no symptom that is denied beside the one that is told', () => {
    const chanceOf = (text: string) => createLinker(vocabulary).link(text).symptoms.find(({ key }) => key === 'noise-squeal')?.confidence ?? 0
    expect(chanceOf('刹车尖叫')).toBeGreaterThan(0.5)
    expect(chanceOf('刹车尖叫，没有抖动')).toBeGreaterThan(0.5)
  })

  it('is left out where a calibration has no weights for it', () => {
    const files = readVocabularyFiles()
    const { links } = files.calibration
    const { beside: _, ...symptoms } = links.symptoms
    const linker = createLinker(createVocabulary({ ...files, calibration: { ...files.calibration, links: { ...links, symptoms } } }))
    expect(linker.link('刹车尖叫').symptoms.map(({ key }) => key)).toEqual(['noise-squeal'])
  })
})
