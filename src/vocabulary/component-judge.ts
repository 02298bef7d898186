import type { Finding, LinkedComponent, LinkMethod } from '../domain/finding.ts'
import { type ComponentCandidate, componentCandidates, counts, type HeardComponents } from './component-candidates.ts'
import { filedComponent } from './filed-component.ts'
import { chanceOf } from './link-judge.ts'
import type { Scene } from './read-scene.ts'
import { hasOtherAim } from './symptom-candidates.ts'
import type { LinkCalibration } from './vocabulary-files.ts'

/** Weights of the features of a component, and the chance from which on it is linked. */
export type ComponentJudgement = NonNullable<LinkCalibration['componentJudge']>['words']

export type JudgedComponents = {
  findings: Finding[]
  components: LinkedComponent[]
  /** Findings as they were read before their component was doubted: no links, but a hazard among them is not to be missed. */
  doubted: Finding[]
}

/** What the words name stays from this share of the cut on, unless a likelier component fits its symptom. */
const doubtedShare = 0.5

type Judged = ComponentCandidate & { chance: number }

const methodOf = ({ isMeant }: Judged): LinkMethod => (isMeant ? 'embedding' : 'tfidf')
const spanIn = ({ copy }: Scene, { clause }: Judged): Finding['span'] => (clause === null ? [0, 0] : copy.toSource(clause.start, clause.end))

/** The likely component a symptom goes with best: one it is made for before one it merely may have. */
const bestFor = ({ fit }: HeardComponents, likely: readonly Judged[], symptom: string): Judged | undefined =>
  likely.find(({ key }) => fit(symptom, key) === 'own') ?? likely.find(({ key }) => fit(symptom, key) === 'any')

/** A finding with the component that is likely at fault; null where there is none to be told. */
function settled(heard: HeardComponents, finding: Finding, { likely, chances, cut }: { likely: readonly Judged[]; chances: ReadonlyMap<string, number>; cut: number }): Finding | null {
  const filed = filedComponent(heard.vocabulary, finding)
  if (!counts(finding) || likely.some(({ key }) => key === filed)) return finding
  const better = finding.symptom === null ? undefined : bestFor(heard, likely, finding.symptom)
  if (better) return { ...finding, component: better.key }
  if (filed === null || (chances.get(filed) ?? 0) >= cut * doubtedShare) return finding
  return finding.symptom === null ? null : { ...finding, component: null }
}

/**
 * Holds the components that forms name and symptoms imply against what the text sounds like: an unlikely one gives way to a likelier one that its
 * symptom can have, or is left open; a likely one that nothing names is added. The confidence of a component is its chance from here on.
 */
export function judgeComponents(heard: HeardComponents, { weights, cut }: ComponentJudgement, labelOf: (key: string) => string): JudgedComponents {
  const { scene, vocabulary, findings, components } = heard
  const judged = componentCandidates(heard).map((candidate): Judged => ({ ...candidate, chance: Number(Math.min(0.99, Math.max(0.01, chanceOf(candidate.features, weights))).toFixed(3)) }))
  const chances = new Map(judged.map(({ key, chance }) => [key, chance]))
  const named = new Set([...components.map(({ key }) => key), ...findings.filter(counts).map(finding => filedComponent(vocabulary, finding))])
  // What only sounds like a component is heard where the text tells of a fault of this car, and not where the part was said to be fine.
  const likely = judged.filter(({ key, chance, clause, features }) => chance >= cut && (named.has(key) || (clause !== null && features['aside'] === 0 && !hasOtherAim(scene)))).sort((a, b) => b.chance - a.chance)
  const kept = findings.map(finding => settled(heard, finding, { likely, chances, cut }))
  const filed = new Set(kept.filter(finding => finding !== null && counts(finding)).map(finding => filedComponent(vocabulary, finding as Finding)))
  const added = likely.filter(({ key }) => !filed.has(key))
  return {
    findings: [
      ...kept.filter(finding => finding !== null),
      ...added.map((one): Finding => ({ component: one.key, symptom: null, confidence: one.chance, span: spanIn(scene, one), method: methodOf(one), negated: false, past: false, hypothetical: false })),
    ],
    components: [
      ...components.map(component => ({ ...component, confidence: chances.get(component.key) ?? component.confidence })),
      ...likely.filter(({ key }) => !components.some(component => component.key === key)).map(one => ({ key: one.key, label: labelOf(one.key), confidence: one.chance, span: spanIn(scene, one), method: methodOf(one) })),
    ],
    doubted: findings.filter((finding, at) => kept[at] !== finding && finding.symptom !== null),
  }
}
