import { featuresBesideOthers, type Kinship, type Weighed } from './beside-others.ts'
import { clauseIndexAt } from './clauses.ts'
import { withoutOtherNames } from './other-names.ts'
import type { VectorReading } from './prototypes.ts'
import type { Scene, Fit } from './read-scene.ts'
import type { SymptomMention } from './read-symptoms.ts'
import { type SymptomCandidate, symptomCandidates } from './symptom-candidates.ts'
import { notQuality } from './symptom-features.ts'
import type { LinkCalibration } from './vocabulary-files.ts'
import type { WordingModel } from './wording-model.ts'

/** A symptom with the chance that it was told, as measured on labelled texts. `isMeant`: no form and less of the wording than of the vector of the text speaks for it. */
export type JudgedMention = SymptomMention & { isKept: boolean; isMeant: boolean }

type Judge = {
  calibration: LinkCalibration
  /** What the vector of the text lies near, where one is at hand. */
  meant?: VectorReading | undefined
  /** What the text labeller hears in the text, in place of that. */
  labelled?: VectorReading | undefined
  /** Chance from which on a symptom that the labeller hears is handed on, though doubted. */
  heardFrom: number
  model: WordingModel; fit: (symptom: string, component: string) => Fit; kinship: Kinship
  /** What a person of the site said means a symptom, by `acceptedForm`. */
  accepted: ReadonlySet<string>
}

/** A form as it is read, for one symptom. */
export const acceptedForm = (key: string, readForm: string): string => `${key}\0${readForm}`

/** The least chance of a form that a person of the site accepted: it was not there when the chances were measured. */
const acceptedChance = 0.9

/**
 * From this share of its sentence on, or as a clause of its own, a form is all that is said: there is nothing around it to doubt it by. Labelled
 * texts are sentences and hold next to no such forms (18 of 3,146 would be doubted), so the judge cannot learn it.
 */
const standingAlone = 0.6

/** Of the cut, what is enough for words of failure with the part they tell of. A form that names its own part is not doubted at all: 刹车异响 is hardly about anything else. */
const ownPartShare = 0.75

/** Logistic regression: 1 / (1 + e^-(weights · features)); a feature without a weight counts nothing. */
export function chanceOf(features: Readonly<Record<string, number>>, weights: Readonly<Record<string, number>>): number {
  let sum = 0
  for (const name in features) sum += (weights[name] ?? 0) * (features[name] as number)
  return 1 / (1 + Math.exp(-sum))
}

/** A chance as it is told: nothing is certain, nothing impossible. */
export const withinChance = (chance: number): number => Math.min(0.99, Math.max(0.01, chance))

/** A candidate with what it is worth by itself; `isAside`: denied, over or only feared. */
type WeighedCandidate = SymptomCandidate & Weighed & { isAside: boolean }

/** Candidates with their chances beside the others of the text; what does not count as a fault of this car, now, neither takes nor lends. */
function besideOthers(all: readonly WeighedCandidate[], { beside }: LinkCalibration['symptoms'], kinship: Kinship): WeighedCandidate[] {
  if (beside === undefined) return [...all]
  const counting = all.filter(({ key, isAside }) => !isAside && key !== notQuality)
  const features = new Map(featuresBesideOthers(counting, kinship).map((found, at) => [counting[at], found]))
  return all.map(candidate => {
    const found = features.get(candidate)
    return found === undefined ? candidate : { ...candidate, chance: chanceOf(found, beside) }
  })
}

type Ruling = { scene: Scene; judge: Pick<Judge, 'meant' | 'labelled' | 'heardFrom' | 'fit'>; cut: number }

/** Whether a candidate of some chance is linked, only handed on, or left out (null). */
function ruleOn({ scene, judge: { meant, labelled, heardFrom, fit }, cut }: Ruling, { mention, features, isForm, isAside }: WeighedCandidate, chance: number): JudgedMention | null {
  if (!isForm && (isAside || chance < (labelled ? Math.min(cut, heardFrom) : cut))) return null
  const isMeant = !isForm && (features[labelled ? 'label' : 'vector'] ?? 0) > Math.max(features['sentence'] ?? 0, features['whole'] ?? 0) && (labelled ?? meant) !== undefined
  const isListed = mention.origin === 'form' || mention.origin === 'faultWords'
  const namesPart = isListed && scene.components.some(part => mention.start <= part.start && part.end <= mention.end && fit(mention.key, part.key) === 'own')
  const standsAlone = (features['spans'] ?? 0) > 0 || (features['coverage'] ?? 0) >= standingAlone || (namesPart && mention.origin === 'form')
  return { ...mention, isMeant, confidence: chance, isKept: isAside || standsAlone || chance >= (namesPart ? cut * ownPartShare : cut) }
}

/**
 * Every symptom a scene may tell with its chance. A form that was denied, is over or only feared stays whatever its chance. Of what a sentence merely sounds
 * like, what passes is handed on, with the labeller also, as doubted, what passes `heardFrom`; and no other name for what a form beside it says.
 */
export function judgeSymptoms(judge: Judge, scene: Scene): JudgedMention[] {
  const { calibration, meant, labelled, model, fit, kinship, accepted } = judge
  const reading = model.read(scene.copy.text, scene.clauses)
  const fitted = (labelled ? calibration.symptomsWithLabels : meant && calibration.symptomsWithVector) ?? calibration.symptoms
  const clauseOf = ({ start }: SymptomMention): number => clauseIndexAt(scene.clauses, start)
  const isAccepted = ({ key, start, end, weight }: SymptomMention): boolean => weight > 0 && accepted.has(acceptedForm(key, scene.copy.text.slice(start, end)))
  const told = (mention: SymptomMention, chance: number): number => Number(withinChance(isAccepted(mention) ? Math.max(acceptedChance, chance) : chance).toFixed(3))
  const weighed = symptomCandidates({ scene, model, reading, fit, meant, labelled }).map(({ mention, features }): WeighedCandidate => ({
    mention, features, key: mention.key, clause: clauseOf(mention), isForm: mention.weight > 0,
    isAside: Object.values(scene.modality.read(mention)).some(Boolean), chance: told(mention, chanceOf(features, fitted.weights)),
  }))
  const judged = besideOthers(weighed, fitted, kinship).flatMap(candidate => ruleOn({ scene, judge, cut: fitted.cut }, candidate, told(candidate.mention, candidate.chance)) ?? [])
  const linked = judged.filter(({ isKept }) => isKept).map(mention => ({ mention, key: mention.key, clause: clauseOf(mention), isForm: mention.weight > 0 }))
  const kept = new Set(withoutOtherNames(linked, kinship.otherNames).map(({ mention }) => mention))
  return judged.filter(mention => !mention.isKept || kept.has(mention))
}
