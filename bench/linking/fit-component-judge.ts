import type { LinkedText } from '../../src/vocabulary/index.ts'
import { componentCandidates } from '../../src/vocabulary/component-candidates.ts'
import { chanceOf } from '../../src/vocabulary/link-judge.ts'
import type { VectorReading } from '../../src/vocabulary/prototypes.ts'
import { createFit } from '../../src/vocabulary/read-scene.ts'
import type { Vocabulary } from '../../src/vocabulary/index.ts'
import type { WordingModel } from '../../src/vocabulary/wording-model.ts'
import { bestCut } from './best-cut.ts'
import { crossValidated, type Example, fitLogistic } from './fit-logistic.ts'
import { exampleWeight, type ReadText } from './read-texts.ts'
import { addHits, type Hits, microF1, noHits, scoreKeys } from './score-links.ts'

/** What models that have not read the family of a text say of it, and its links before components are judged. */
type Heard = { vocabulary: Vocabulary; model: WordingModel; meant?: VectorReading; links: LinkedText }
type Candidate = Example & { text: ReadText; key: string }

const penalty = 1

function candidatesIn(texts: readonly ReadText[], heardOf: (text: ReadText) => Heard): Candidate[] {
  const fits = new Map<Vocabulary, ReturnType<typeof createFit>>()
  return texts.flatMap(text => {
    const { vocabulary, links, ...heard } = heardOf(text)
    const fit = fits.get(vocabulary) ?? createFit(vocabulary)
    fits.set(vocabulary, fit)
    return componentCandidates({ ...heard, scene: text.scene, vocabulary, fit, findings: links.findings, components: links.components }).map(({ key, features }) => ({
      text, key, features, isRight: text.parts.some(({ accepts }) => accepts.has(key)), family: text.labelled.family, weight: exampleWeight(text),
    }))
  })
}

/** Weights and cut of the judge of components, chosen like those of symptoms. */
export function fitComponentJudge(texts: readonly ReadText[], heardOf: (text: ReadText) => Heard) {
  const candidates = candidatesIn(texts, heardOf)
  const folds = new Map(texts.map(({ labelled, fold }) => [labelled.family, fold]))
  const chances = crossValidated(candidates, penalty, family => folds.get(family) as number, chanceOf)
  const hitsAt = (cut: number): Map<ReadText, Hits> => {
    const told = new Map<ReadText, Set<string>>(texts.map(text => [text, new Set()]))
    candidates.forEach(({ text, key }, at) => { if ((chances[at] as number) >= cut) told.get(text)?.add(key) })
    return new Map(Array.from(told, ([text, keys]) => [text, scoreKeys(keys, text.parts)]))
  }
  const cut = bestCut(hitsAt)
  const ofSplit = (split: string) => microF1([...hitsAt(cut)].filter(([{ labelled }]) => labelled.split === split).map(([, hits]) => hits).reduce(addHits, noHits))
  console.log(`components: judge of ${candidates.length} candidates, cross-validated: cut ${cut}`, 'dev', ofSplit('dev'), 'train', ofSplit('train'))
  return { weights: fitLogistic(candidates, penalty), cut }
}
