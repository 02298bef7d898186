import type { LinkedComponent } from '../domain/finding.ts'
import { type ComponentCandidate, componentCandidates, counts, type HeardComponents } from './component-candidates.ts'
import { filedComponent } from './filed-component.ts'
import { chanceOf, withinChance } from './link-judge.ts'
import { hasOtherAim } from './symptom-candidates.ts'
import type { LinkCalibration } from './vocabulary-files.ts'

/** Weights of the features of a component. */
type ComponentWeights = NonNullable<LinkCalibration['componentJudge']>['words']

/** From this chance on a component counts as linked: where F1 is highest in cross-validation, as the fit prints it. */
export const linkedFrom = 0.45

/** A component with the chance that it is the one at fault. */
export type JudgedComponent = ComponentCandidate & { chance: number }

/**
 * What is linked of the candidates: all that forms, fault codes and symptoms name, whatever their chance, and what the text merely sounds like where it
 * is likely and fills a gap. A text whose every symptom has a likely component by name needs no other: neighbours (headlamp, tail lamp) sound alike.
 */
export function linkedCandidates({ scene, vocabulary, findings, components }: HeardComponents, judged: readonly JudgedComponent[], cut = linkedFrom): JudgedComponent[] {
  const named = new Set(components.map(({ key }) => key))
  const likely = new Set(judged.filter(({ chance }) => chance >= cut).map(({ key }) => key))
  const told = findings.filter(finding => counts(finding) && finding.symptom !== null)
  const isComplete = told.length > 0 && told.every(finding => {
    const filed = filedComponent(vocabulary, finding)
    return filed !== null && named.has(filed) && likely.has(filed)
  })
  const isRelated = (one: string, other: string): boolean => vocabulary.isWithin(one, other) || vocabulary.isWithin(other, one)
  const kept = judged.filter(({ key }) => named.has(key))
  const isNothingTold = findings.length > 0 && !findings.some(counts)
  if (isComplete || isNothingTold || hasOtherAim(scene)) return kept
  const unnamed = judged.filter(({ key, clause, features }) => !named.has(key) && likely.has(key) && clause !== null && features['aside'] === 0).sort((a, b) => b.chance - a.chance)
  for (const candidate of unnamed) if (!kept.some(({ key }) => isRelated(key, candidate.key))) kept.push(candidate)
  return kept
}

/** Every candidate with its chance, as measured on labelled texts. */
const judgedCandidates = (heard: HeardComponents, weights: ComponentWeights): JudgedComponent[] =>
  componentCandidates(heard).map(candidate => ({ ...candidate, chance: Number(withinChance(chanceOf(candidate.features, weights)).toFixed(3)) }))

/** The components of a text with the chance of each that it is the one at fault. Findings keep what was said. */
export function judgeComponents(heard: HeardComponents, weights: ComponentWeights, labelOf: (key: string) => string): LinkedComponent[] {
  const { scene, components } = heard
  return linkedCandidates(heard, judgedCandidates(heard, weights)).map(({ key, chance, clause, isMeant }) => {
    const named = components.find(component => component.key === key)
    if (named) return { ...named, confidence: chance }
    return { key, label: labelOf(key), confidence: chance, span: clause === null ? [0, 0] : scene.copy.toSource(clause.start, clause.end), method: isMeant ? 'embedding' : 'tfidf' }
  })
}
