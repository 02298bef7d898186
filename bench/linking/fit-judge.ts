import type { Vocabulary } from '../../src/vocabulary/index.ts'
import { createKinship, featuresBesideOthers, type Kinship, type Weighed } from '../../src/vocabulary/beside-others.ts'
import { clauseIndexAt } from '../../src/vocabulary/clauses.ts'
import { chanceOf, withinChance } from '../../src/vocabulary/link-judge.ts'
import { withoutOtherNames } from '../../src/vocabulary/other-names.ts'
import type { VectorReading } from '../../src/vocabulary/prototypes.ts'
import { createFit } from '../../src/vocabulary/read-scene.ts'
import { symptomCandidates } from '../../src/vocabulary/symptom-candidates.ts'
import { notQuality } from '../../src/vocabulary/symptom-features.ts'
import type { WordingModel } from '../../src/vocabulary/wording-model.ts'
import { bestCut } from './best-cut.ts'
import { crossValidated, type Example, fitLogistic } from './fit-logistic.ts'
import type { Slot } from './labelled-texts.ts'
import { exampleWeight, type ReadText } from './read-texts.ts'
import { addHits, type Hits, microF1, noHits, scoreKeys } from './score-links.ts'

type Candidate = Example & { text: ReadText; key: string; clause: number; isForm: boolean }
type Heard = { model: WordingModel; meant?: VectorReading; labelled?: VectorReading; otherNames: Readonly<Record<string, readonly string[]>> }

const penalty = 1

/**
 * Candidates of every text that would count, with whether the labels have their key. A sound that answers nothing but what a form answers too is
 * taught as wrong: labels accept several names for one fault, and a judge told that each is right learns to tell it twice.
 */
function candidatesIn(texts: readonly ReadText[], vocabulary: Vocabulary, heard: (text: ReadText) => Heard): Candidate[] {
  const fit = createFit(vocabulary)
  return texts.flatMap(text => {
    const { scene, slots } = text
    const { model, meant, labelled } = heard(text)
    const reading = model.read(scene.copy.text, scene.clauses)
    const counting = symptomCandidates({ scene, model, reading, fit, meant, labelled })
      .filter(({ mention }) => mention.key !== notQuality && !Object.values(scene.modality.read(mention)).some(Boolean))
    const formed = new Set(counting.filter(({ mention }) => mention.weight > 0).map(({ mention }) => mention.key))
    return counting.map(({ mention: { key, start, weight }, features }) => {
      const isForm = weight > 0
      const isAnswer = ({ accepts }: Slot): boolean => accepts.has(key) && (isForm || ![...accepts].some(other => formed.has(other)))
      return { text, key, clause: clauseIndexAt(scene.clauses, start), isForm, features, isRight: slots.some(isAnswer), family: text.labelled.family, weight: exampleWeight(text) }
    })
  })
}

/** The candidates, text by text as they came, as the second look sees them: each with a chance that weights fitted without its family gave it. */
function besideOthers(candidates: readonly Candidate[], chances: readonly number[], kinshipOf: (text: ReadText) => Kinship): Candidate[] {
  const byText = new Map<ReadText, (Candidate & Weighed)[]>()
  candidates.forEach((candidate, at) => byText.set(candidate.text, [...(byText.get(candidate.text) ?? []), { ...candidate, chance: withinChance(chances[at] as number) }]))
  return [...byText].flatMap(([text, all]) => featuresBesideOthers(all, kinshipOf(text)).map((features, at) => ({ ...(all[at] as Candidate), features })))
}

type Chosen = { texts: readonly ReadText[]; candidates: readonly Candidate[]; chances: readonly number[]; heard: (text: ReadText) => Heard }

function hitsAt({ texts, candidates, chances, heard }: Chosen, cut: number): Map<ReadText, Hits> {
  const passed = new Map<ReadText, Candidate[]>(texts.map(text => [text, []]))
  candidates.forEach((candidate, at) => { if ((chances[at] as number) >= cut) passed.get(candidate.text)?.push(candidate) })
  return new Map(Array.from(passed, ([text, told]) => [text, scoreKeys(new Set(withoutOtherNames(told, heard(text).otherNames).map(({ key }) => key)), text.slots)]))
}

/**
 * Weights and cut of the judge and of its second look, which is fitted on what weights of other families say; of the cuts that are as good as the best, where a fault told twice is once wrong, the highest.
 *
 * @param options.looksTwice candidates are weighed beside the others of their text too; by words alone that adds nothing.
 * @param heard what models that have not read the family of a text say of it, and the other names without its labels.
 */
export function fitJudge(texts: readonly ReadText[], vocabulary: Vocabulary, heard: (text: ReadText) => Heard, { looksTwice = false } = {}) {
  const candidates = candidatesIn(texts, vocabulary, heard)
  const folds = new Map(texts.map(({ labelled, fold }) => [labelled.family, fold]))
  const foldOf = (family: string): number => folds.get(family) as number
  const alone = crossValidated(candidates, penalty, foldOf, chanceOf)
  const kinships = new Map(texts.map(text => [text.fold, createKinship(vocabulary, heard(text).otherNames)]))
  const beside = looksTwice ? besideOthers(candidates, alone, ({ fold }) => kinships.get(fold) as Kinship) : null
  const chosen = { texts, candidates, chances: beside ? crossValidated(beside, penalty, foldOf, chanceOf) : alone, heard }
  const cut = bestCut(at => hitsAt(chosen, at))
  const ofSplit = (split: string) => microF1([...hitsAt(chosen, cut)].filter(([{ labelled }]) => labelled.split === split).map(([, hits]) => hits).reduce(addHits, noHits))
  console.log(`judge of ${candidates.length} candidates, cross-validated: cut ${cut}`, 'dev', ofSplit('dev'), 'train', ofSplit('train'))
  return { weights: fitLogistic(candidates, penalty), ...(beside && { beside: fitLogistic(beside, penalty) }), cut }
}
