/**
 * Fits what the linker believes (`npx tsx bench/fit-links.ts [--frozen COMMIT]`) and writes `vocabulary/calibration/wording.json` and `links.json`.
 * Run it again whenever `vocabulary/spoken/` or the forms of symptoms change.
 *
 * The wording model learns from the spoken sentences and a few forms of each symptom: no label is read. The judge is fitted on the `dev` half of
 * `bench/labelled/texts.jsonl` as read by a vocabulary from before the labels: with words that were made while looking at those texts every form
 * would seem to be right. Penalty and cut are chosen by ten-fold cross-validation over families; `held` is not opened.
 */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createVocabulary, type Vocabulary } from '../src/vocabulary/index.ts'
import { chanceOf } from '../src/vocabulary/link-judge.ts'
import { createFit, createSceneReader } from '../src/vocabulary/read-scene.ts'
import { readingCopy } from '../src/vocabulary/reading-copy.ts'
import { notQuality, symptomCandidates } from '../src/vocabulary/symptom-candidates.ts'
import { createWordingModel, type WordingModel } from '../src/vocabulary/wording-model.ts'
import { readVocabularyFiles } from '../src/vocabulary-files.ts'
import { componentShares } from './linking/component-shares.ts'
import { crossValidated, type Example, fitLogistic } from './linking/fit-logistic.ts'
import { fitSoftmax, type Wording } from './linking/fit-softmax.ts'
import { beforeLabels, readFrozenFiles } from './linking/frozen-vocabulary.ts'
import { type LabelledText, readLabelledTexts, slotsOf } from './linking/labelled-texts.ts'
import { addHits, microF1, noHits, scoreKeys } from './linking/score-links.ts'

type Candidate = Example & { text: number; key: string }

const { values: args } = parseArgs({ options: { frozen: { type: 'string', default: beforeLabels } } })
const formsPerKey = 40
const formWeight = 0.5
const penalties = [1, 2, 4]
const cuts = Array.from({ length: 21 }, (_, step) => Number((0.3 + step * 0.01).toFixed(2)))
const foldCount = 10
/** Of cuts this close in F1 the lowest is taken: a symptom missed costs a reader more than one too many. */
const indifferent = 0.005

/** Spoken sentences, and evenly drawn forms of every symptom at half their weight. */
function wordingsOf(vocabulary: Vocabulary): Wording[] {
  const read = (text: string): string => readingCopy(text).text
  const spoken = Object.entries(vocabulary.files.spoken).flatMap(([key, { en, zh }]) => [...en, ...zh].map(text => ({ text: read(text), key, weight: 1 })))
  const forms = [...vocabulary.symptoms.keys()].flatMap(key => (['en', 'zh'] as const).flatMap(language => {
    const all = vocabulary.formsOf(key, language)
    const step = Math.max(1, Math.floor(all.length / formsPerKey))
    return all.filter((_, index) => index % step === 0).map(text => ({ text: read(text), key, weight: formWeight }))
  }))
  // "Other fault" sounds like anything: its sentences speak for it, not its forms.
  return [...spoken, ...forms.filter(({ key }) => key !== 'other-symptom')]
}

const actualOf = ({ findings }: LabelledText) => findings.filter(({ modality }) => modality === 'actual')

/** Candidates of every text that would count, with whether the labels have their key. */
function candidatesIn(texts: readonly LabelledText[], vocabulary: Vocabulary, model: WordingModel): Candidate[] {
  const read = createSceneReader(vocabulary)
  const fit = createFit(vocabulary)
  return texts.flatMap((labelled, text) => {
    const scene = read(labelled.text)
    const slots = slotsOf(actualOf(labelled), 'symptom')
    const reading = model.read(scene.copy.text, scene.clauses)
    return symptomCandidates({ scene, model, reading, fit }).flatMap(({ mention, features }) => {
      const { negated, past, hypothetical } = scene.modality.read(mention)
      if (negated || past || hypothetical || mention.key === notQuality) return []
      return [{ text, key: mention.key, features, isRight: slots.some(({ accepts }) => accepts.has(mention.key)), family: labelled.family }]
    })
  })
}

function scoreAt(texts: readonly LabelledText[], candidates: readonly Candidate[], chances: readonly number[], cut: number) {
  const kept = new Map<number, Set<string>>()
  candidates.forEach(({ text, key }, at) => { if ((chances[at] as number) >= cut) kept.set(text, (kept.get(text) ?? new Set()).add(key)) })
  return microF1(texts.map((text, at) => scoreKeys(kept.get(at) ?? new Set(), slotsOf(actualOf(text), 'symptom'))).reduce(addHits, noHits))
}

function fitJudge(texts: readonly LabelledText[], candidates: readonly Candidate[]) {
  const families = [...new Set(texts.map(({ family }) => family))].sort()
  const foldOf = (family: string): number => families.indexOf(family) % foldCount
  const tried = penalties.map(penalty => ({ penalty, chances: crossValidated(candidates, penalty, foldOf, chanceOf) }))
    .flatMap(({ penalty, chances }) => cuts.map(cut => ({ penalty, cut, score: scoreAt(texts, candidates, chances, cut) })))
  const highest = Math.max(...tried.map(({ score }) => score.f1))
  const best = tried.filter(({ score }) => score.f1 >= highest - indifferent).toSorted((a, b) => a.cut - b.cut || b.score.f1 - a.score.f1)[0]!
  console.log(`judge, cross-validated over ${families.length} families: penalty ${best.penalty}, cut ${best.cut}`, best.score)
  return { weights: fitLogistic(candidates, best.penalty), cut: best.cut }
}

const write = (stem: string, content: unknown): void =>
  writeFileSync(new URL(`../vocabulary/calibration/${stem}.json`, import.meta.url), `${JSON.stringify(content, null, 2)}\n`)

const about = 'Fitted by bench/fit-links.ts; not for editing by hand.'
const fitted = (vocabulary: Vocabulary) => {
  const wordings = wordingsOf(vocabulary)
  return { about, source: createHash('sha256').update(JSON.stringify(wordings)).digest('hex').slice(0, 16), ...fitSoftmax(wordings) }
}

const texts = readLabelledTexts(new URL('labelled/texts.jsonl', import.meta.url)).filter(({ split }) => split === 'dev')
const frozen = createVocabulary(readFrozenFiles(args.frozen))
const frozenWording = fitted(frozen)
const symptoms = fitJudge(texts, candidatesIn(texts, frozen, createWordingModel(frozenWording)))
const { calibration } = frozen.files
const components = componentShares(texts, { ...frozen.files, calibration: { wording: frozenWording, links: { ...calibration.links, symptoms } } })
write('wording', fitted(createVocabulary(readVocabularyFiles())))
write('links', { about, symptoms, components })
console.log(components)
