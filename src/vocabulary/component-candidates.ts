import type { Finding, LinkedComponent } from '../domain/finding.ts'
import { type Clause, clausesBySentence } from './clauses.ts'
import { filedComponent } from './filed-component.ts'
import type { VectorReading } from './prototypes.ts'
import type { Fit, Scene } from './read-scene.ts'
import { logit, longestWhole, sizeOf } from './symptom-features.ts'
import type { Vocabulary } from './vocabulary.ts'
import { tellsNothing } from './wording-classes.ts'
import type { Shares, WordingModel } from './wording-model.ts'

/** A component that may be the one at fault, with what speaks for and against it; `clause` sounds most like it. */
export type ComponentCandidate = { key: string; clause: Clause | null; isMeant: boolean; features: Readonly<Record<string, number>> }

/** What forms and symptoms say of the components of a text, and what its words and its vector sound like. */
export type HeardComponents = {
  scene: Scene
  vocabulary: Pick<Vocabulary, 'symptoms' | 'components' | 'isWithin'>
  fit: (symptom: string, component: string) => Fit
  model: WordingModel
  meant?: VectorReading | undefined
  /** What the labeller of the embedding model hears in the text as a whole. */
  labelled?: VectorReading | undefined
  findings: readonly Finding[]
  components: readonly LinkedComponent[]
}

/** Components a text sounds like that are looked at, and the least share of belief to be. */
const mostHeard = 6
const leastShare = 0.05
/** Components its vector lies nearest that are looked at. */
const mostMeant = 4
/** Components its labeller hears that are looked at. */
const mostLabelled = 6

export const counts = ({ negated, past, hypothetical }: Finding): boolean => !negated && !past && !hypothetical

type Sentence = { shares: Shares; clauses: Clause[] }

/** The sentences of this car's owner with what each sounds like. */
function ownSentences(scene: Scene, reading: ReturnType<WordingModel['read']>): Sentence[] {
  return [...clausesBySentence(scene.clauses)].flatMap(([sentence, indexes]) => {
    const clauses = indexes.map(index => scene.clauses[index] as Clause)
    return clauses.some(({ end }) => scene.isForeign({ start: end - 1 })) ? [] : [{ shares: reading.ofSentence(sentence), clauses }]
  })
}

/** What words and vector say of a component, whichever it is. */
function soundsOf({ scene, model, meant, labelled }: HeardComponents) {
  const reading = model.read(scene.copy.text, scene.clauses)
  const sentences = ownSentences(scene, reading)
  // A text that speaks of several things, or of another's car, sounds as a whole like none of them.
  const isOne = scene.copy.text.length <= longestWhole && sentences.length === clausesBySentence(scene.clauses).size
  const loudest = model.classes.map((_, index) => sentences.reduce((most, { shares }) => Math.max(most, shares[index] as number), 0))
  const whole: ArrayLike<number> = isOne ? reading.whole() : loudest
  const at = (shares: ArrayLike<number>, key: string): number => shares[model.indexOf.get(key) ?? -1] ?? 0
  const highest = Math.max(1e-6, ...Array.from(whole))
  const likeliest = model.classes.map((key, index) => ({ key, share: Math.max(whole[index] as number, loudest[index] as number) }))
    .filter(({ key, share }) => share >= leastShare && key !== tellsNothing).sort((a, b) => b.share - a.share).slice(0, mostHeard).map(({ key }) => key)
  const byVector = isOne ? (meant?.likeliest(mostMeant) ?? []).filter(key => key !== tellsNothing) : []
  const byLabeller = isOne ? (labelled?.likeliest(mostLabelled) ?? []).filter(key => (labelled?.shareOf(key) ?? 0) >= leastShare) : []
  return {
    likeliest: [...likeliest, ...byVector, ...byLabeller], highest,
    nothing: at(whole, tellsNothing),
    whole: (key: string) => at(whole, key),
    sentence: (key: string) => at(loudest, key),
    vector: (key: string) => (meant === undefined ? undefined : isOne ? (meant.shareOf(key) ?? 0) : leastShare),
    label: (key: string) => (labelled === undefined ? undefined : isOne ? (labelled.shareOf(key) ?? 0) : leastShare),
    clauseOf(key: string): Clause | null {
      const best = sentences.reduce<Sentence | null>((a, b) => (a !== null && at(a.shares, key) >= at(b.shares, key) ? a : b), null)
      return best?.clauses[0] === undefined ? null : { ...best.clauses[0], end: (best.clauses.at(-1) as Clause).end }
    },
  }
}

type Sounds = ReturnType<typeof soundsOf>
/** A finding that counts, with the component it is filed under. */
type Told = { finding: Finding; filed: string }

function featuresOf({ scene, vocabulary, fit, meant, labelled, findings, components }: HeardComponents, sounds: Sounds, told: readonly Told[]) {
  const counting = findings.filter(finding => counts(finding) && finding.symptom !== null)
  const aside = new Set(findings.filter(finding => !counts(finding)).map(finding => filedComponent(vocabulary, finding)))
  const size = Math.log(1 + sizeOf(scene.copy.text) / 60)
  const isRelated = (one: string, other: string): boolean => one !== other && (vocabulary.isWithin(one, other) || vocabulary.isWithin(other, one))
  return (key: string): Record<string, number> => {
    const own = told.filter(({ filed }) => filed === key)
    const named = components.find(component => component.key === key)
    const whole = logit(sounds.whole(key)) / 4
    const share = sounds.vector(key)
    const heard = sounds.label(key)
    const label = heard === undefined ? 0 : logit(heard) / 4
    const isTold = Number(own.length > 0)
    return {
      bias: 1, size, told: isTold,
      said: Number(own.some(({ finding }) => finding.component === key && finding.symptom !== null)), implied: Number(own.some(({ finding }) => finding.component !== key)),
      open: Number(own.some(({ finding }) => finding.symptom === null)), sure: own.reduce((most, { finding }) => Math.max(most, finding.confidence), 0),
      named: Number(named !== undefined), ground: named?.confidence ?? 0, code: Number(named?.method === 'dtc'),
      whole, sentence: logit(sounds.sentence(key)) / 4, toldWhole: isTold * whole, namedWhole: Number(named !== undefined) * whole,
      lead: Math.max(-6, Math.log(Math.max(sounds.whole(key), 1e-6) / sounds.highest)) / 4, nothing: sounds.nothing,
      fitting: Number(counting.some(({ symptom }) => fit(symptom as string, key) === 'own')), anySymptom: Number(counting.length > 0), aside: Number(aside.has(key)),
      relatedTold: Number(told.some(({ filed }) => isRelated(filed, key))), others: Math.min(4, new Set(told.map(({ filed }) => filed).filter(filed => filed !== key)).size) / 4,
      system: Number(vocabulary.components.get(key)?.parent === null),
      vector: share === undefined ? 0 : logit(share) / 4, toldVector: share === undefined ? 0 : isTold * logit(share) / 4,
      vectorLead: share === undefined ? 0 : Math.max(-6, Math.log(Math.max(share, 1e-6) / (meant as VectorReading).highest)) / 4,
      label, toldLabel: isTold * label, namedLabel: Number(named !== undefined) * label,
      labelLead: heard === undefined ? 0 : Math.max(-6, Math.log(Math.max(heard, 1e-6) / (labelled as VectorReading).highest)) / 4,
    }
  }
}

/** All components that forms, fault codes or symptoms name, and those that words and vector sound like, with their features. */
export function componentCandidates(heard: HeardComponents): ComponentCandidate[] {
  const { vocabulary, findings, components, meant, labelled } = heard
  const sounds = soundsOf(heard)
  const told = findings.filter(counts).flatMap((finding): Told[] => {
    const filed = filedComponent(vocabulary, finding)
    return filed === null ? [] : [{ finding, filed }]
  })
  const features = featuresOf(heard, sounds, told)
  const keys = new Set([...told.map(({ filed }) => filed), ...components.map(({ key }) => key), ...sounds.likeliest])
  return [...keys].map(key => ({
    key, clause: sounds.clauseOf(key), isMeant: (labelled ?? meant) !== undefined && (sounds.label(key) ?? sounds.vector(key) ?? 0) > Math.max(sounds.whole(key), sounds.sentence(key)), features: features(key),
  }))
}
