// Quality boundary and sentiment on texts that were labelled without sight of the vocabulary.
//
//   npx tsx bench/triage-labels.ts [--held]
//
// By the words alone, and with what the text labeller hears: in dev one that has not read the family of the text, in held the one that ships, which needs
// the local model. The dev split is shown; with --held the held split is judged too, in sum and by class only, and the result is written to bench/results/.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { clopperPearson } from '../src/analysis/exact-intervals.ts'
import { createAssess, createLinker, createVocabulary } from '../src/vocabulary/index.ts'
import { readTriageRuleFiles, readVocabularyFiles } from '../src/vocabulary-files.ts'
import { readReport } from '../src/workflow/triage/read-report.ts'
import { createTriageRules } from '../src/workflow/triage/triage-rules.ts'
import { textSubject } from '../src/workflow/triage/triage-subject.ts'
import { readFoldLabels } from './linking/fold-labels.ts'
import { type LabelledText, readLabelledTexts } from './linking/labelled-texts.ts'
import { labelsAlone, readByModel } from './linking/read-by-model.ts'
import { readTexts } from './linking/read-texts.ts'

type Judged = LabelledText & { saidQuality: boolean; saidSentiment: string; isGrave: boolean }

const { values } = parseArgs({ options: { held: { type: 'boolean', default: false } } })
const folder = new URL('labelled/', import.meta.url)
const labelled = readLabelledTexts(new URL('texts.jsonl', folder)).filter(({ split }) => split === 'dev' || values.held)

const files = readVocabularyFiles()
const vocabulary = createVocabulary(files)
const linker = createLinker(vocabulary)
const readers = { vocabulary, assess: createAssess(vocabulary), rules: createTriageRules(readTriageRuleFiles(), vocabulary) }

const judge = (row: LabelledText, labels: Float32Array | null): Judged => {
  const { boundary, sentiment, assessment } = readReport({ ...readers, linker }, textSubject(row.text, null, new Date(0)), labels && labelsAlone(labels))
  return { ...row, saidQuality: boundary.qualityIssue, saidSentiment: sentiment.label, isGrave: assessment.severity.level >= 9 }
}

/** What the labeller hears in each text. */
async function readLabels(): Promise<Map<string, Float32Array>> {
  const foldLabels = readFoldLabels(new URL('labeller-folds.jsonl', folder), files.calibration.labels)
  const heard = new Map(readTexts(labelled.filter(({ split }) => split === 'dev'), vocabulary).map(text => [text.labelled.id, foldLabels.chancesOf(text)]))
  const held = labelled.filter(({ split }) => split === 'held')
  if (held.length === 0) return heard
  const vectorOf = await readByModel(held.map(({ text }) => text))
  for (const { id, text } of held) {
    const { labels } = vectorOf(text)
    if (labels) heard.set(id, labels)
  }
  return heard
}

const shareOf = (hits: number, of: number) => ({ hits, of, share: of === 0 ? null : Number((hits / of).toFixed(3)), interval: of === 0 ? null : clopperPearson(hits, of).map(limit => Number(limit.toFixed(3))) })
const where = (rows: readonly Judged[], isHit: (row: Judged) => boolean) => shareOf(rows.filter(isHit).length, rows.length)
const isQualityRight = ({ qualityIssue, saidQuality }: Judged): boolean => qualityIssue === saidQuality
const isSentimentRight = ({ sentiment, saidSentiment }: Judged): boolean => sentiment === saidSentiment

const confusion = (rows: readonly Judged[], of: (row: Judged) => string): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const row of rows) counts[of(row)] = (counts[of(row)] ?? 0) + 1
  return counts
}

const worstFamily = (rows: readonly Judged[]) => {
  const families = [...new Set(rows.map(({ family }) => family))].map(family => ({ family, ...where(rows.filter(row => row.family === family), isQualityRight) }))
  return families.filter(({ of }) => of >= 3).toSorted((a, b) => (a.share ?? 1) - (b.share ?? 1))[0] ?? null
}

const feelings = ['angry', 'neutral', 'satisfied'] as const
const f1Of = (rows: readonly Judged[], label: (typeof feelings)[number]): number => {
  const [due, said] = [rows.filter(({ sentiment }) => sentiment === label), rows.filter(({ saidSentiment }) => saidSentiment === label)]
  return due.length + said.length === 0 ? 1 : (2 * due.filter(isSentimentRight).length) / (due.length + said.length)
}
/** Mean over the feelings: always neutral scores a third of what it would by accuracy. */
const macroF1 = (rows: readonly Judged[]): number => Number((feelings.reduce((sum, label) => sum + f1Of(rows, label), 0) / feelings.length).toFixed(3))

const summary = (rows: readonly Judged[]) => ({
  texts: rows.length,
  quality: {
    accuracy: where(rows, isQualityRight),
    recallOfIssues: where(rows.filter(({ qualityIssue }) => qualityIssue), isQualityRight),
    recallOfOtherMatters: where(rows.filter(({ qualityIssue }) => !qualityIssue), isQualityRight),
    precisionOfOtherMatters: where(rows.filter(({ saidQuality }) => !saidQuality), isQualityRight),
    worstFamily: worstFamily(rows),
  },
  sentiment: {
    accuracy: where(rows, isSentimentRight),
    alwaysNeutral: where(rows, ({ sentiment }) => sentiment === 'neutral'),
    recall: Object.fromEntries(feelings.map(label => [label, where(rows.filter(({ sentiment }) => sentiment === label), isSentimentRight)])),
    precision: Object.fromEntries(feelings.map(label => [label, where(rows.filter(({ saidSentiment }) => saidSentiment === label), isSentimentRight)])),
    macroF1: macroF1(rows),
    macroF1AlwaysNeutral: macroF1(rows.map(row => ({ ...row, saidSentiment: 'neutral' }))),
    confusion: confusion(rows, ({ sentiment, saidSentiment }) => `${sentiment} as ${saidSentiment}`),
  },
  // Labelled with a hazard: 9 or 10 by the rules. Where one is neither wrong to raise nor to miss, the level is judged by none.
  severity9to10: {
    recall: where(rows.filter(({ hazards }) => hazards.length > 0), ({ isGrave }) => isGrave),
    precision: where(rows.filter(({ isGrave, hazards, alsoHazards = [] }) => isGrave && (hazards.length > 0 || alsoHazards.length === 0)), ({ hazards }) => hazards.length > 0),
  },
  byLanguage: Object.fromEntries(['zh', 'en', 'mixed'].map(language => {
    const own = rows.filter(row => row.language === language)
    return [language, { quality: where(own, isQualityRight), sentiment: where(own, isSentimentRight) }]
  })),
})

const labelsOf = await readLabels()
const [byWords, withLabels] = [labelled.map(row => judge(row, null)), labelled.map(row => judge(row, labelsOf.get(row.id) ?? null))]
const ofSplit = (judged: readonly Judged[], split: 'dev' | 'held') => judged.filter(row => row.split === split)
const result = {
  bench: 'triage-labels',
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
  at: new Date().toISOString(),
  machine: { cpus: cpus().length, model: cpus()[0]?.model ?? null, node: process.version },
  vocabularyVersion: vocabulary.version,
  intervals: '95 %, Clopper–Pearson',
  note: 'rules and models were tuned on dev and the training texts only; held is only counted, in sum; texts of one family are alike, so the intervals are too narrow',
  ...(values.held && { held: summary(ofSplit(byWords, 'held')), heldWithLabels: summary(ofSplit(withLabels, 'held')) }),
  dev: summary(ofSplit(byWords, 'dev')), devWithLabels: summary(ofSplit(withLabels, 'dev')),
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
if (values.held) writeFileSync(new URL(`results/triage-labels-${result.commit}.json`, import.meta.url), `${JSON.stringify(result, null, 2)}\n`)
