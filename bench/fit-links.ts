/**
 * Fits what the linker believes (`npx tsx bench/fit-links.ts [--frozen COMMIT]`) and writes `vocabulary/calibration/wording.json`, `prototypes.json`
 * and `links.json`. Run it again whenever `vocabulary/spoken/`, the forms of symptoms or the training texts change. Needs the local embedding model.
 *
 * Wording model and prototypes learn from the spoken sentences, a few forms of each symptom, and labelled texts: `bench/labelled/train-*.jsonl` and the
 * `dev` half of `texts.jsonl`. The judge weighs what they say of texts of families they have not read (three folds). `dev` is read by a vocabulary from
 * before the labels, the training texts, which nobody looked at while words were made, by the one of today. Penalty and cut are chosen over the same
 * folds; `held` is not opened.
 */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readConfig } from '../src/config.ts'
import { createEmbedder } from '../src/llm/index.ts'
import { createVocabulary } from '../src/vocabulary/index.ts'
import { createPrototypes, type Prototypes } from '../src/vocabulary/prototypes.ts'
import { notQuality, tellsNothing } from '../src/vocabulary/symptom-candidates.ts'
import { createWordingModel } from '../src/vocabulary/wording-model.ts'
import { readVocabularyFiles } from '../src/vocabulary-files.ts'
import { componentShares, type SharePart } from './linking/component-shares.ts'
import { fitApart } from './linking/fit-apart.ts'
import { fitJudge } from './linking/fit-judge.ts'
import type { MeantText } from './linking/fit-prototypes.ts'
import { fitSoftmax, type Wording } from './linking/fit-softmax.ts'
import { beforeLabels, readFrozenFiles } from './linking/frozen-vocabulary.ts'
import { readLabelledTexts, readTrainingTexts } from './linking/labelled-texts.ts'
import { otherNames } from './linking/other-names.ts'
import { dueKeys, foldCount, readTexts, type ReadText } from './linking/read-texts.ts'
import { vectorsOf } from './linking/text-vectors.ts'
import { labelledWordings, unlabelledWordings } from './linking/wordings.ts'

const { values: args } = parseArgs({ options: { frozen: { type: 'string', default: beforeLabels } } })
const about = 'Fitted by bench/fit-links.ts; not for editing by hand.'
const folder = new URL('labelled/', import.meta.url)

const sourceOf = (wordings: readonly Wording[]): string => createHash('sha256').update(JSON.stringify(wordings)).digest('hex').slice(0, 16)

const write = (stem: string, content: unknown): void =>
  writeFileSync(new URL(`../vocabulary/calibration/${stem}.json`, import.meta.url), `${JSON.stringify(content, null, 2)}\n`)

const files = readVocabularyFiles()
const frozenFiles = readFrozenFiles(args.frozen)
const [today, frozen] = [createVocabulary(files), createVocabulary(frozenFiles)]
const dev = readTexts(readLabelledTexts(new URL('texts.jsonl', folder)).filter(({ split }) => split === 'dev'), frozen)
const train = readTexts(readTrainingTexts(folder), today)
const texts = [...dev, ...train]

const { cacheDir } = readConfig()
const embedder = await createEmbedder({ mode: 'local', cacheDir, logger: console })
if (embedder === null) throw new Error('the prototypes are fitted on vectors: `fishbone models fetch` first')
const spoken = Object.entries(files.spoken).flatMap(([key, { en, zh }]) => [...en, ...zh].map(text => ({ text, key })))
const vectorOf = await vectorsOf([...spoken.map(({ text }) => text), ...texts.map(({ labelled }) => labelled.text)], embedder, cacheDir)
await embedder.close()
const { modelId } = embedder

const spokenMeanings: MeantText[] = spoken.map(({ text, key }) => ({ vector: vectorOf(text), keys: [key] }))
function meaningOf(text: ReadText): MeantText {
  const keys = dueKeys(text)
  return { vector: vectorOf(text.labelled.text), keys: keys.length > 0 ? keys : [text.labelled.qualityIssue ? tellsNothing : notQuality] }
}
async function fitModels(wordings: Wording[], read: readonly ReadText[]) {
  const { wording, prototypes } = await fitApart({ wordings, meanings: [...spokenMeanings, ...read.map(meaningOf)] })
  return { wording: { about, source: sourceOf(wordings), ...wording }, prototypes: { about, modelId, ...prototypes } }
}

/** What the models fitted on all other folds say, fold by fold; forms of today were in part written beside `dev`, so those of before are taken. */
const unlabelled = unlabelledWordings(frozen)
const assigner = createWordingModel({ about, source: '', ...fitSoftmax(unlabelled) })
const allModels = fitModels([...unlabelledWordings(today), ...labelledWordings(texts, assigner)], texts)
const folds = await Promise.all(Array.from({ length: foldCount }, (_, fold) => {
  const others = texts.filter(text => text.fold !== fold)
  return fitModels([...unlabelled, ...labelledWordings(others, assigner)], others)
}))
const models = folds.map(({ wording, prototypes }) => ({ wording: createWordingModel(wording), prototypes: createPrototypes(prototypes) }))
const meantBy = (prototypes: Prototypes) => (text: ReadText) => prototypes.read(vectorOf(text.labelled.text))
const readers = models.map(({ wording, prototypes }, fold) => ({ wording, meant: meantBy(prototypes), otherNames: otherNames(texts.filter(text => text.fold !== fold)) }))

const symptoms = fitJudge(texts, today, ({ fold }) => ({ model: readers[fold]!.wording, otherNames: readers[fold]!.otherNames }))
const symptomsWithVector = fitJudge(texts, today, text => ({ model: readers[text.fold]!.wording, meant: readers[text.fold]!.meant(text), otherNames: readers[text.fold]!.otherNames }))

const links = { ...files.calibration.links, symptoms, symptomsWithVector, otherNames: otherNames(texts) }
const parts = folds.flatMap((calibration, fold): SharePart[] => [{ files: frozenFiles, read: dev }, { files, read: train }].map(part => ({
  files: { ...part.files, calibration: { ...calibration, links } }, texts: part.read.filter(text => text.fold === fold).map(({ labelled }) => labelled),
})))
const components = componentShares(parts)
console.log(components)
const { wording, prototypes } = await allModels
write('wording', wording)
write('prototypes', prototypes)
write('links', { about, symptoms, symptomsWithVector, components, otherNames: links.otherNames })
