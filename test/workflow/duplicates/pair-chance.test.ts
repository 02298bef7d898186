import path from 'node:path'
import { expect, it } from 'vitest'
import type { ComparedReport } from '../../../src/graph/ports/duplicates.ts'
import { projectRoot } from '../../../src/project-root.ts'
import { readWording } from '../../../src/vocabulary-files.ts'
import { parseDuplicateRules } from '../../../src/workflow/duplicates/duplicate-rules.ts'
import { createPairChance } from '../../../src/workflow/duplicates/pair-chance.ts'
import { createReadPair } from '../../../src/workflow/duplicates/pair-features.ts'
import { createReadConditions } from '../../../src/workflow/duplicates/position-words.ts'
import { createReadCompared } from '../../../src/workflow/duplicates/read-compared.ts'

const rules = parseDuplicateRules(readWording('duplicates', path.join(projectRoot, 'vocabulary')))
const sounds: Record<string, number[]> = { squeal: [0.8, 0.2], bright: [0.25, 0.75] }
const read = createReadCompared(rules, text => sounds[text.split(' ')[0]!] ?? [1, 0])
const readPair = createReadPair({ parentOf: key => (key === 'brake-pad' ? 'brakes' : undefined), shareSystem: () => false, meaningOf: () => null })
const report = (text: string, ...said: [string | null, string | null][]) => read({
  id: text, channel: 'app', text, language: 'en', occurredAt: '2024-01-01T00:00:00Z', vehicleId: 'car', model: null, region: null, odometerKm: null, personRef: null,
  findings: said.map(([component, symptom]) => ({ component, symptom, confidence: 1 })), dtcs: [], embedding: null, embeddingModel: null,
} satisfies ComparedReport)

it('tells when something happens', () => {
  const conditions = createReadConditions(rules)
  expect([...conditions('过减速带的时候，踩刹车也响')].sort()).toEqual(['braking', 'bumps'])
  expect([...conditions('It creaks when I turn the wheel')]).toEqual(['turning'])
})

it('takes the nearest of what both were linked to', () => {
  const one = report('squeal', ['brakes', 'noise'], ['wiper', 'streaks'])
  expect(readPair(one, report('squeal again', ['brake-pad', 'noise']))).toMatchObject({ sameClass: 1, openClass: 0, otherSymptom: 0, nothingShared: 0 })
  expect(readPair(one, report('squeal again', [null, 'noise']))).toMatchObject({ sameClass: 0, openClass: 1 })
  expect(readPair(one, report('squeal again', ['brakes', 'judder']))).toMatchObject({ sameClass: 0, otherSymptom: 1 })
  expect(readPair(one, report('squeal again', ['horn', 'noise']))).toMatchObject({ otherPart: 1, nothingShared: 0 })
  expect(readPair(one, report('squeal again', ['horn', 'silent']))).toMatchObject({ otherPart: 0, nothingShared: 1 })
})

it('holds what two texts sound like against each other', () => {
  // .8·.25 + .2·.75 = .35
  expect(readPair(report('squeal'), report('bright')).sounds).toBeCloseTo(Math.log(0.35), 6)
})

it('is the logistic of weighted features, with weights of its own where a vector is missing', () => {
  const only = (sameClass: number) => ({ ...rules.pair.withVectors, bias: -1, weights: { ...Object.fromEntries(Object.keys(rules.pair.withVectors.weights).map(key => [key, 0])), sameClass } as typeof rules.pair.withVectors.weights })
  const pair = { ...rules.pair, withVectors: only(9), withoutVectors: only(3) }
  const chance = createPairChance({ rules: { pair }, readPair, meaningOf: () => null })
  expect(chance(report('squeal', ['brakes', 'noise']), report('bright', ['brakes', 'noise']))).toBeCloseTo(1 / (1 + Math.exp(-2)), 6)
  expect(chance(report('squeal', ['brakes', 'noise']), report('bright', ['horn', 'silent']))).toBeCloseTo(1 / (1 + Math.exp(1)), 6)
})
