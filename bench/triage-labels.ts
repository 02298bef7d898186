// Quality boundary and sentiment on texts that were labelled without sight of the vocabulary.
//
//   npx tsx bench/triage-labels.ts [--labels bench/labelled/texts.jsonl] [--held]
//
// The dev split is shown; with --held the held split is judged too, in sum and by class only, and the result is written to bench/results/.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { clopperPearson } from '../src/analysis/exact-intervals.ts'
import { createAssess, createLinker, createVocabulary } from '../src/vocabulary/index.ts'
import { readTriageRuleFiles, readVocabularyFiles } from '../src/vocabulary-files.ts'
import { readReport } from '../src/workflow/triage/read-report.ts'
import { createTriageRules } from '../src/workflow/triage/triage-rules.ts'
import { textSubject } from '../src/workflow/triage/triage-subject.ts'

type Labelled = { id: string; split: 'dev' | 'held'; family: string; language: string; text: string; qualityIssue: boolean; sentiment: 'angry' | 'neutral' | 'satisfied'; hazards: string[]; alsoHazards?: string[] }
type Judged = Labelled & { saidQuality: boolean; saidSentiment: string; isGrave: boolean }

const { values } = parseArgs({ options: { labels: { type: 'string', default: 'bench/labelled/texts.jsonl' }, held: { type: 'boolean', default: false } } })
const labelled = readFileSync(values.labels, 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line) as Labelled)

const vocabulary = createVocabulary(readVocabularyFiles())
const readers = { vocabulary, linker: createLinker(vocabulary), assess: createAssess(vocabulary), rules: createTriageRules(readTriageRuleFiles(), vocabulary) }

const judge = (row: Labelled): Judged => {
  const { boundary, sentiment, assessment } = readReport(readers, textSubject(row.text, null, new Date(0)))
  return { ...row, saidQuality: boundary.qualityIssue, saidSentiment: sentiment.label, isGrave: assessment.severity.level >= 9 }
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

const judged = labelled.filter(({ split }) => split === 'dev' || values.held).map(judge)
const result = {
  bench: 'triage-labels',
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
  at: new Date().toISOString(),
  machine: { cpus: cpus().length, model: cpus()[0]?.model ?? null, node: process.version },
  vocabularyVersion: vocabulary.version,
  labels: values.labels,
  intervals: '95 %, Clopper–Pearson',
  note: 'rules and models were tuned on dev and the training texts only; held is only counted, in sum; texts of one family are alike, so the intervals are too narrow',
  ...(values.held && { held: summary(judged.filter(({ split }) => split === 'held')) }),
  dev: summary(judged.filter(({ split }) => split === 'dev')),
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
if (values.held) writeFileSync(new URL(`results/triage-labels-${result.commit}.json`, import.meta.url), `${JSON.stringify(result, null, 2)}\n`)
