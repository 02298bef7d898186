import type { Scene, Fit } from './read-scene.ts'
import type { SymptomMention } from './read-symptoms.ts'
import { symptomCandidates } from './symptom-candidates.ts'
import type { LinkCalibration } from './vocabulary-files.ts'
import type { WordingModel } from './wording-model.ts'

/** A symptom with the chance that it was told, as measured on labelled texts. */
export type JudgedMention = SymptomMention & { isKept: boolean }

type Judge = {
  calibration: LinkCalibration; model: WordingModel; fit: (symptom: string, component: string) => Fit
  /** Symptoms that ground a hazard. */
  grave: ReadonlySet<string>
}

/** Words that show that a text wants something else than to tell a fault: what it merely sounds like is not heard then. */
const otherAims = ['told.question', 'told.praise', 'told.inspection']

/** From this share of its sentence on a form is the sentence: there is nothing around it to doubt it by. */
const standingAlone = 0.6

/** Of the cut, what is enough for a listed form of a grave symptom: an alarm too many costs a look, one too few may cost a life. */
const graveShare = 0.75

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
export function judgeSymptoms({ calibration, model, fit, grave }: Judge, scene: Scene): JudgedMention[] {
  const reading = model.read(scene.copy.text, scene.clauses)
  const { weights, cut } = calibration.symptoms
  const hasOtherAim = otherAims.some(lane => (scene.lanes.get(lane) ?? []).length > 0)
  return symptomCandidates({ scene, model, reading, fit }).flatMap(({ mention, features }) => {
    const chance = Number(Math.min(0.99, Math.max(0.01, chanceOf(features, weights))).toFixed(3))
    const { negated, past, hypothetical } = scene.modality.read(mention)
    const standsAlone = (features['coverage'] ?? 0) >= standingAlone
    const isAside = negated || past || hypothetical
    if (mention.weight === 0 && (isAside || hasOtherAim || chance < cut)) return []
    const needed = mention.origin === 'form' && grave.has(mention.key) ? cut * graveShare : cut
    return [{ ...mention, confidence: chance, isKept: isAside || standsAlone || chance >= needed }]
  })
}
