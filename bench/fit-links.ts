/**
 * Fits what the linker believes (`npx tsx bench/fit-links.ts [--frozen COMMIT]`) and writes `vocabulary/calibration/`: `wording.json`, `prototypes.json`,
 * both again for components, and `links.json`. Run it again whenever `vocabulary/spoken/`, the forms of symptoms or the training texts change. Needs the local embedding model.
 *
 * Wording model and prototypes learn from the spoken sentences, a few forms of each symptom, and labelled texts: `bench/labelled/train-*.jsonl` and the
 * `dev` half of `texts.jsonl`. The judge weighs what they say of texts of families they have not read (three folds). `dev` is read by a vocabulary from
 * before the labels, the training texts, which nobody looked at while words were made, by the one of today. Penalty and cut are chosen over the same
 * folds; `held` is not opened. The text labeller is trained before (`bench/labeller/README.md`); here only what it says of texts it has not read is weighed.
 */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readConfig } from '../src/config.ts'
import { createEmbedder } from '../src/llm/index.ts'
import { createLinker, createVocabulary, type Vocabulary, type VocabularyFiles } from '../src/vocabulary/index.ts'
import { createPrototypes, type Prototypes } from '../src/vocabulary/prototypes.ts'
import { createWordingModel } from '../src/vocabulary/wording-model.ts'
import { readVocabularyFiles } from '../src/vocabulary-files.ts'
import { componentShares, type SharePart } from './linking/component-shares.ts'
import { fitApart } from './linking/fit-apart.ts'
import { fitComponentJudge } from './linking/fit-component-judge.ts'
import { fitJudge } from './linking/fit-judge.ts'
import { readFoldLabels } from './linking/fold-labels.ts'
import type { MeantText } from './linking/fit-prototypes.ts'
import { fitSoftmax, type Wording } from './linking/fit-softmax.ts'
import { beforeLabels, readFrozenFiles } from './linking/frozen-vocabulary.ts'
import { readLabelledTexts, readTrainingTexts } from './linking/labelled-texts.ts'
import { otherNames } from './linking/other-names.ts'
import { componentSide, foldCount, readTexts, type ReadText, type Side, symptomSide } from './linking/read-texts.ts'
import { vectorsOf } from './linking/text-vectors.ts'
import { labelledWordings, unlabelledComponentWordings, unlabelledWordings } from './linking/wordings.ts'

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
const foldLabels = readFoldLabels(new URL('labeller-folds.jsonl', folder), files.calibration.labels)

const { cacheDir } = readConfig()
const embedder = await createEmbedder({ mode: 'local', cacheDir, logger: console })
if (embedder === null) throw new Error('the prototypes are fitted on vectors: `fishbone models fetch` first')
const spoken = Object.entries(files.spoken).flatMap(([key, { en, zh }]) => [...en, ...zh].map(text => ({ text, key })))
const vectorOf = await vectorsOf([...spoken.map(({ text }) => text), ...texts.map(({ labelled }) => labelled.text)], embedder, cacheDir)
await embedder.close()
const { modelId } = embedder

/** A side of the links with what is known of it without a label: wordings by a vocabulary, and vectors of spoken sentences. */
type Learned = Side & { unlabelled: (vocabulary: Vocabulary) => Wording[]; meanings: readonly MeantText[] }
const ofSymptoms: Learned = { ...symptomSide, unlabelled: unlabelledWordings, meanings: spoken.map(({ text, key }) => ({ vector: vectorOf(text), keys: [key] })) }
const ofComponents: Learned = { ...componentSide, unlabelled: unlabelledComponentWordings, meanings: [] }

/** Models of all texts, and fold by fold those of all other texts; forms of today were in part written beside `dev`, so the folds take those of before. */
function fitModels({ unlabelled, meanings, ...side }: Learned) {
  const assigner = createWordingModel({ about, source: '', ...fitSoftmax(unlabelled(frozen)) })
  const fit = async (forms: readonly Wording[], read: readonly ReadText[]) => {
    const wordings = [...forms, ...labelledWordings(read, assigner, side)]
    const meant = read.map((text): MeantText => {
      const keys = side.keysOf(text)
      return { vector: vectorOf(text.labelled.text), keys: keys.length > 0 ? keys : [side.noneOf(text)] }
    })
    const { wording, prototypes } = await fitApart({ wordings, meanings: [...meanings, ...meant] })
    return { wording: { about, source: sourceOf(wordings), ...wording }, prototypes: { about, modelId, ...prototypes } }
  }
  return { all: fit(unlabelled(today), texts), folds: Promise.all(Array.from({ length: foldCount }, (_, fold) => fit(unlabelled(frozen), texts.filter(text => text.fold !== fold)))) }
}

const symptomModels = fitModels(ofSymptoms)
const folds = await symptomModels.folds
const componentModels = fitModels(ofComponents)
const models = folds.map(({ wording, prototypes }) => ({ wording: createWordingModel(wording), prototypes: createPrototypes(prototypes) }))
const meantBy = (prototypes: Prototypes) => (text: ReadText) => prototypes.read(vectorOf(text.labelled.text))
const readers = models.map(({ wording, prototypes }, fold) => ({ wording, meant: meantBy(prototypes), otherNames: otherNames(texts.filter(text => text.fold !== fold)) }))

const symptoms = fitJudge(texts, today, ({ fold }) => ({ model: readers[fold]!.wording, otherNames: readers[fold]!.otherNames }))
const symptomsWithLabels = fitJudge(texts, today, text => ({ model: readers[text.fold]!.wording, labelled: foldLabels.read(text).symptoms, otherNames: readers[text.fold]!.otherNames }), { looksTwice: true })
const symptomsWithVector = fitJudge(texts, today, text => ({ model: readers[text.fold]!.wording, meant: readers[text.fold]!.meant(text), otherNames: readers[text.fold]!.otherNames }))

const links = { about, symptoms, symptomsWithVector, symptomsWithLabels, components: files.calibration.links.components, otherNames: otherNames(texts) }
const ofFold = (vocabularyFiles: VocabularyFiles, fold: number, components = links.components): VocabularyFiles =>
  ({ ...vocabularyFiles, calibration: { ...vocabularyFiles.calibration, ...folds[fold], links: { ...links, components } } })
const parts = folds.flatMap((_, fold): SharePart[] => [{ files: frozenFiles, read: dev }, { files, read: train }].map(part => ({
  files: ofFold(part.files, fold), texts: part.read.filter(text => text.fold === fold).map(({ labelled }) => labelled),
})))
const components = componentShares(parts)
console.log(components)

const partReaders = (await componentModels.folds).map(({ wording, prototypes }, fold) => {
  const vocabularies = { dev: createVocabulary(ofFold(frozenFiles, fold, components)), train: createVocabulary(ofFold(files, fold, components)) }
  return { wording: createWordingModel(wording), meant: meantBy(createPrototypes(prototypes)), dev: { vocabulary: vocabularies.dev, linker: createLinker(vocabularies.dev) }, train: { vocabulary: vocabularies.train, linker: createLinker(vocabularies.train) } }
})
const heardParts = (by: 'words' | 'vector' | 'labels') => (text: ReadText) => {
  const { wording, meant, ...readers } = partReaders[text.fold]!
  const { vocabulary, linker } = readers[text.labelled.split === 'dev' ? 'dev' : 'train']
  const vector = { modelId, embedding: vectorOf(text.labelled.text), labels: by === 'labels' ? foldLabels.chancesOf(text) : null }
  const links = linker.link(text.labelled.text, { vector: by === 'words' ? null : vector })
  return { vocabulary, links, model: wording, ...(by === 'vector' && { meant: meant(text) }), ...(by === 'labels' && { labelled: foldLabels.read(text).components }) }
}
const componentJudge = { words: fitComponentJudge(texts, heardParts('words')), withVector: fitComponentJudge(texts, heardParts('vector')), withLabels: fitComponentJudge(texts, heardParts('labels')) }

const [ofSymptom, ofComponent] = await Promise.all([symptomModels.all, componentModels.all])
write('wording', ofSymptom.wording)
write('prototypes', ofSymptom.prototypes)
write('component-wording', ofComponent.wording)
write('component-prototypes', ofComponent.prototypes)
write('links', { ...links, components, componentJudge })
