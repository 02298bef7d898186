import type { Vocabulary } from '../../src/vocabulary/index.ts'
import { chanceOf } from '../../src/vocabulary/link-judge.ts'
import type { VectorReading } from '../../src/vocabulary/prototypes.ts'
import { createFit } from '../../src/vocabulary/read-scene.ts'
import { notQuality, symptomCandidates } from '../../src/vocabulary/symptom-candidates.ts'
import type { WordingModel } from '../../src/vocabulary/wording-model.ts'
import { crossValidated, type Example, fitLogistic } from './fit-logistic.ts'
import { exampleWeight, type ReadText } from './read-texts.ts'
import { addHits, type Hits, microF1, noHits, scoreKeys, timesHits } from './score-links.ts'

type Candidate = Example & { text: ReadText; key: string }
type Heard = { model: WordingModel; meant?: VectorReading }

const penalty = 1
const cuts = Array.from({ length: 31 }, (_, step) => Number((0.25 + step * 0.01).toFixed(2)))

/** Candidates of every text that would count, with whether the labels have their key. */
function candidatesIn(texts: readonly ReadText[], vocabulary: Vocabulary, heard: (text: ReadText) => Heard): Candidate[] {
  const fit = createFit(vocabulary)
  return texts.flatMap(text => {
    const { scene, slots, labelled } = text
    const { model, meant } = heard(text)
    const reading = model.read(scene.copy.text, scene.clauses)
    return symptomCandidates({ scene, model, reading, fit, meant }).flatMap(({ mention, features }) => {
      const { negated, past, hypothetical } = scene.modality.read(mention)
      if (negated || past || hypothetical || mention.key === notQuality) return []
      return [{ text, key: mention.key, features, isRight: slots.some(({ accepts }) => accepts.has(mention.key)), family: labelled.family, weight: exampleWeight(text) }]
    })
  })
}

function hitsAt(texts: readonly ReadText[], candidates: readonly Candidate[], chances: readonly number[], cut: number, weightOf: (text: ReadText) => number): Hits {
  const kept = new Map<ReadText, Set<string>>()
  candidates.forEach(({ text, key }, at) => { if ((chances[at] as number) >= cut) kept.set(text, (kept.get(text) ?? new Set()).add(key)) })
  return texts.map(text => timesHits(scoreKeys(kept.get(text) ?? new Set(), text.slots), weightOf(text))).reduce(addHits, noHits)
}

/**
 * Weights and cut of the judge.
 *
 * @param heard what models that have not read the family of a text say of it.
 */
export function fitJudge(texts: readonly ReadText[], vocabulary: Vocabulary, heard: (text: ReadText) => Heard) {
  const candidates = candidatesIn(texts, vocabulary, heard)
  const folds = new Map(texts.map(({ labelled, fold }) => [labelled.family, fold]))
  const foldOf = (family: string): number => folds.get(family) as number
  const chances = crossValidated(candidates, penalty, foldOf, chanceOf)
  const ofTexts = (part: readonly ReadText[], cut: number, weightOf: (text: ReadText) => number) => microF1(hitsAt(part, candidates, chances, cut, weightOf))
  const cut = cuts.map(one => ({ cut: one, ...ofTexts(texts, one, exampleWeight) })).toSorted((a, b) => b.f1 - a.f1)[0]!.cut
  const ofSplit = (split: string) => ofTexts(texts.filter(({ labelled }) => labelled.split === split), cut, () => 1)
  console.log(`judge of ${candidates.length} candidates, cross-validated: cut ${cut}`, 'dev', ofSplit('dev'), 'train', ofSplit('train'))
  return { weights: fitLogistic(candidates, penalty), cut }
}
