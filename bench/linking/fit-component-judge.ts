import { type ComponentCandidate, componentCandidates, type HeardComponents } from '../../src/vocabulary/component-candidates.ts'
import { linkedCandidates, linkedFrom } from '../../src/vocabulary/component-judge.ts'
import { chanceOf } from '../../src/vocabulary/link-judge.ts'
import type { VectorReading } from '../../src/vocabulary/prototypes.ts'
import { createFit } from '../../src/vocabulary/read-scene.ts'
import type { LinkedText, Vocabulary } from '../../src/vocabulary/index.ts'
import type { WordingModel } from '../../src/vocabulary/wording-model.ts'
import { bestCut } from './best-cut.ts'
import { crossValidated, type Example, fitLogistic } from './fit-logistic.ts'
import { exampleWeight, type ReadText } from './read-texts.ts'
import { addHits, type Hits, microF1, noHits, scoreKeys } from './score-links.ts'

/** What models that have not read the family of a text say of it, and its links before components are judged. */
type Heard = { vocabulary: Vocabulary; model: WordingModel; meant?: VectorReading; labelled?: VectorReading; links: LinkedText }
type Candidate = Example & { candidate: ComponentCandidate }
/** A text with its candidates; `from` is the place of the first among all. */
type Read = { text: ReadText; heard: HeardComponents; candidates: ComponentCandidate[]; from: number }

const penalty = 1

function readAll(texts: readonly ReadText[], heardOf: (text: ReadText) => Heard): Read[] {
  const fits = new Map<Vocabulary, ReturnType<typeof createFit>>()
  let from = 0
  return texts.map(text => {
    const { vocabulary, links: { findings, components }, ...models } = heardOf(text)
    const fit = fits.get(vocabulary) ?? createFit(vocabulary)
    fits.set(vocabulary, fit)
    const heard = { ...models, scene: text.scene, vocabulary, fit, findings, components }
    const candidates = componentCandidates(heard)
    from += candidates.length
    return { text, heard, candidates, from: from - candidates.length }
  })
}

/** Weights of the judge of components; prints how F1 goes with the cut, of which `linkedFrom` is one. */
export function fitComponentJudge(texts: readonly ReadText[], heardOf: (text: ReadText) => Heard) {
  const read = readAll(texts, heardOf)
  const examples = read.flatMap(({ text, candidates }) => candidates.map((candidate): Candidate => ({
    candidate, features: candidate.features, isRight: text.parts.some(({ accepts }) => accepts.has(candidate.key)), family: text.labelled.family, weight: exampleWeight(text),
  })))
  const folds = new Map(texts.map(({ labelled, fold }) => [labelled.family, fold]))
  const chances = crossValidated(examples, penalty, family => folds.get(family) as number, chanceOf)
  const hitsAt = (cut: number): Map<ReadText, Hits> => new Map(read.map(({ text, heard, candidates, from }) => {
    const linked = linkedCandidates(heard, candidates.map((candidate, at) => ({ ...candidate, chance: chances[from + at] as number })), cut)
    return [text, scoreKeys(new Set(linked.filter(({ chance }) => chance >= cut).map(({ key }) => key)), text.parts)]
  }))
  const best = bestCut(hitsAt)
  const ofSplit = (split: string) => microF1([...hitsAt(linkedFrom)].filter(([{ labelled }]) => labelled.split === split).map(([, hits]) => hits).reduce(addHits, noHits))
  console.log(`components: judge of ${examples.length} candidates, cross-validated: best cut ${best}, at ${linkedFrom}`, 'dev', ofSplit('dev'), 'train', ofSplit('train'))
  return fitLogistic(examples, penalty)
}
