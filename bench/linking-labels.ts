/**
 * How well texts in both languages are linked, on `bench/labelled/texts.jsonl` (`npx tsx bench/linking-labels.ts [--split dev|held|both]
 * [--frozen COMMIT] [--vectors]`). Words were tuned on `dev` only; `held` is only ever counted. `--vectors` reads every text with its vector too, as
 * triage does, and needs the local model. `--frozen` names a vocabulary of an earlier commit: texts in which it found no due key are reported apart,
 * and its own figures beside. Writes `bench/results/linking-labels-<commit>.json`.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { createAssess, createLinker, createVocabulary } from '../src/vocabulary/index.ts'
import { readVocabularyFiles } from '../src/vocabulary-files.ts'
import { readFrozenFiles } from './linking/frozen-vocabulary.ts'
import { judgeText, type Judgement, keywordScorer } from './linking/judge-text.ts'
import { type LabelledText, readLabelledTexts } from './linking/labelled-texts.ts'
import { readByModel } from './linking/read-by-model.ts'
import { addHits, type Hits, microF1, noHits, withInterval } from './linking/score-links.ts'

type Judged = { text: LabelledText; score: Judgement }

const { values: args } = parseArgs({ options: { split: { type: 'string', default: 'both' }, frozen: { type: 'string' }, vectors: { type: 'boolean', default: false } } })

function readerOf(files = readVocabularyFiles()) {
  const vocabulary = createVocabulary(files)
  return { vocabulary, linker: createLinker(vocabulary), assess: createAssess(vocabulary), vectorOf }
}

const total = (scores: readonly Judgement[], side: 'symptom' | 'component' | 'filed' | 'hazard'): Hits => scores.map(score => score[side]).reduce(addHits, noHits)
const share = (part: number, whole: number): number => (whole === 0 ? 0 : Number((part / whole).toFixed(3)))

function sideOf(judged: readonly Judged[], side: 'symptom' | 'component' | 'filed') {
  return { due: total(judged.map(({ score }) => score), side).due, ...microF1(total(judged.map(({ score }) => score), side)), interval95: withInterval(judged, scores => microF1(total(scores, side)).f1).interval }
}

/** Expected calibration error over tenths of the confidence. */
function calibrationError(links: readonly { confidence: number; isRight: boolean }[]): number {
  const bins = Array.from({ length: 10 }, (_, bin) => links.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === bin))
  const gap = (bin: typeof links): number => Math.abs(bin.filter(({ isRight }) => isRight).length - bin.reduce((sum, { confidence }) => sum + confidence, 0))
  return share(bins.reduce((sum, bin) => sum + gap(bin), 0), links.length)
}

/** Mean confidence and share of right links by fifths of the confidence. */
const reliability = (links: readonly { confidence: number; isRight: boolean }[]) =>
  Array.from({ length: 5 }, (_, bin) => links.filter(({ confidence }) => Math.min(4, Math.floor(confidence * 5)) === bin)).flatMap((own, bin) =>
    own.length === 0 ? [] : [{ from: bin / 5, links: own.length, confidence: share(own.reduce((sum, { confidence }) => sum + confidence, 0), own.length), right: share(own.filter(({ isRight }) => isRight).length, own.length) }])

const measure = (judged: readonly Judged[]) => {
  const scores = judged.map(({ score }) => score)
  const modality = scores.reduce((sum, { modality: { judged: all, right } }) => ({ all: sum.all + all, right: sum.right + right }), { all: 0, right: 0 })
  return {
    texts: judged.length, families: new Set(judged.map(({ text }) => text.family)).size,
    symptom: sideOf(judged, 'symptom'), component: sideOf(judged, 'component'), filedComponent: sideOf(judged, 'filed'),
    hazards: microF1(total(scores, 'hazard')),
    qualityIssue: share(scores.filter(({ isQualityRight }) => isQualityRight).length, scores.length),
    modality: { judged: modality.all, right: share(modality.right, modality.all) },
    confidence: { reliability: reliability(scores.flatMap(({ links }) => links)), expectedCalibrationError: calibrationError(scores.flatMap(({ links }) => links)) },
    componentConfidence: { reliability: reliability(scores.flatMap(({ components }) => components)), expectedCalibrationError: calibrationError(scores.flatMap(({ components }) => components)) },
  }
}

const texts = readLabelledTexts(new URL('labelled/texts.jsonl', import.meta.url))
const isAsked = ({ split }: LabelledText): boolean => args.split === 'both' || args.split === split
const vectorOf = args.vectors ? await readByModel(texts.filter(isAsked).map(({ text }) => text)) : undefined
const reader = readerOf()
const frozen = args.frozen === undefined ? null : readerOf(readFrozenFiles(args.frozen))
const keywords = keywordScorer(reader.vocabulary)
const judge = (with_: typeof reader, part: readonly LabelledText[]): Judged[] => part.map(text => ({ text, score: judgeText(with_, text) }))

function report(part: readonly LabelledText[]) {
  const judged = judge(reader, part)
  const before = frozen && judge(frozen, part)
  const unknown = new Set(before?.filter(({ score }) => score.symptom.due > 0 && score.symptom.met === 0).map(({ text }) => text.id))
  const peer = part.map(keywords)
  const only = (keep: (text: LabelledText) => boolean) => measure(judged.filter(({ text }) => keep(text)))
  return {
    all: measure(judged), zh: only(({ language }) => language === 'zh'), en: only(({ language }) => language === 'en'), mixed: only(({ language }) => language === 'mixed'),
    unusualWording: only(({ unusualWording }) => unusualWording),
    ...(before && { unknownToFrozenVocabulary: only(({ id }) => unknown.has(id)), frozenVocabulary: measure(before) }),
    keywords: { symptom: microF1(peer.map(({ symptom }) => symptom).reduce(addHits, noHits)), component: microF1(peer.map(({ component }) => component).reduce(addHits, noHits)) },
  }
}

const splits = (['dev', 'held'] as const).filter(split => args.split === 'both' || args.split === split)
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
const result = {
  commit, frozen: args.frozen ?? null, vectors: args.vectors, vocabulary: reader.vocabulary.version, machine: { cpu: cpus()[0]?.model ?? 'unknown', node: process.version },
  ...Object.fromEntries(splits.map(split => [split, report(texts.filter(text => text.split === split))])),
}
mkdirSync('bench/results', { recursive: true })
writeFileSync(`bench/results/linking-labels-${args.vectors ? 'vectors-' : ''}${commit}.json`, `${JSON.stringify(result, null, 2)}\n`)
console.log(JSON.stringify(result, null, 2))
