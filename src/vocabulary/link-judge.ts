import { clauseIndexAt } from './clauses.ts'
import type { VectorReading } from './prototypes.ts'
import type { Scene, Fit } from './read-scene.ts'
import type { SymptomMention } from './read-symptoms.ts'
import { symptomCandidates } from './symptom-candidates.ts'
import type { LinkCalibration } from './vocabulary-files.ts'
import type { WordingModel } from './wording-model.ts'

/** A symptom with the chance that it was told, as measured on labelled texts. `isMeant`: no form and less of the wording than of the vector of the text speaks for it. */
export type JudgedMention = SymptomMention & { isKept: boolean; isMeant: boolean }

type Judge = {
  calibration: LinkCalibration
  /** What the vector of the text lies near, where one is at hand. */
  meant?: VectorReading | undefined
  model: WordingModel; fit: (symptom: string, component: string) => Fit
  /** Symptoms that ground a hazard. */
  grave: ReadonlySet<string>
  /** What a person of the site said means a symptom, by `acceptedForm`. */
  accepted: ReadonlySet<string>
}

/** Words that show that a text wants something else than to tell a fault: what it merely sounds like is not heard then. */
const otherAims = ['told.question', 'told.praise', 'told.inspection']

/** From this share of its sentence on a form is the sentence: there is nothing around it to doubt it by. */
const standingAlone = 0.6

/** So much of its clause is the clause. */
const wholeClause = 0.8

/** Words that a form explains already must rather tell a second symptom than not. */
const besideForm = 0.7

/** Of the cut, what is enough for a listed form, or words of failure, of a grave symptom (an alarm too many costs a look, one too few may cost a
 * life), or with the part in its words (刹车异响 is hardly about anything else). */
const graveShare = 0.75

/** A form as it is read, for one symptom. */
export const acceptedForm = (key: string, readForm: string): string => `${key}\0${readForm}`

/** The least chance of a form that a person of the site accepted: it was not there when the chances were measured. */
const acceptedChance = 0.9

/** Logistic regression: 1 / (1 + e^-(weights · features)); a feature without a weight counts nothing. */
export function chanceOf(features: Readonly<Record<string, number>>, weights: Readonly<Record<string, number>>): number {
  let sum = 0
  for (const name in features) sum += (weights[name] ?? 0) * (features[name] as number)
  return 1 / (1 + Math.exp(-sum))
}

/**
 * Every symptom a scene may tell with its chance. A form that was denied, is over or only feared stays whatever its chance; of what a sentence
 * merely sounds like, only what passes is handed on.
 */
export function judgeSymptoms({ calibration, meant, model, fit, grave, accepted }: Judge, scene: Scene): JudgedMention[] {
  const reading = model.read(scene.copy.text, scene.clauses)
  const { weights, cut } = meant === undefined ? calibration.symptoms : calibration.symptomsWithVector
  const hasOtherAim = otherAims.some(lane => (scene.lanes.get(lane) ?? []).length > 0)
  const formClauses = new Set(scene.symptoms.map(({ start }) => clauseIndexAt(scene.clauses, start)))
  return symptomCandidates({ scene, model, reading, fit, meant }).flatMap(({ mention, features }) => {
    const least = mention.weight > 0 && accepted.has(acceptedForm(mention.key, scene.copy.text.slice(mention.start, mention.end))) ? acceptedChance : 0.01
    const chance = Number(Math.min(0.99, Math.max(least, chanceOf(features, weights))).toFixed(3))
    const { negated, past, hypothetical } = scene.modality.read(mention)
    const clause = scene.clauses[clauseIndexAt(scene.clauses, mention.start)]
    const spansClause = mention.weight > 0 && clause !== undefined && mention.end - mention.start >= (clause.end - clause.start) * wholeClause
    const standsAlone = spansClause || (features['coverage'] ?? 0) >= standingAlone
    const isAside = negated || past || hypothetical
    const leastHeard = mention.weight === 0 && formClauses.has(clauseIndexAt(scene.clauses, mention.start)) ? Math.max(cut, besideForm) : cut
    if (mention.weight === 0 && (isAside || hasOtherAim || chance < leastHeard)) return []
    const namesPart = scene.components.some(part => mention.start <= part.start && part.end <= mention.end && fit(mention.key, part.key) === 'own')
    const isListed = mention.origin === 'form' || mention.origin === 'faultWords'
    const needed = isListed && (namesPart || grave.has(mention.key)) ? cut * graveShare : cut
    const isMeant = mention.weight === 0 && (features['vector'] ?? 0) > Math.max(features['sentence'] ?? 0, features['whole'] ?? 0) && meant !== undefined
    return [{ ...mention, isMeant, confidence: chance, isKept: isAside || standsAlone || chance >= needed }]
  })
}
