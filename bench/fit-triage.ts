// Fits what a text sounds like to triage: quality issue or not, angry, satisfied. Learns from bench/labelled/train-*.jsonl and the dev split of
// bench/labelled/texts.jsonl only; penalty and cuts are chosen by cross-validation over families. Writes vocabulary/triage/judge.json.
//
//   npx tsx bench/fit-triage.ts
import { writeFileSync } from 'node:fs'
import { createAssess, createLinker, createVocabulary } from '../src/vocabulary/index.ts'
import { readingCopy } from '../src/vocabulary/reading-copy.ts'
import { readTriageRuleFiles, readVocabularyFiles } from '../src/vocabulary-files.ts'
import { readReport } from '../src/workflow/triage/read-report.ts'
import { createTriageRules } from '../src/workflow/triage/triage-rules.ts'
import { textSubject } from '../src/workflow/triage/triage-subject.ts'
import { readFoldLabels } from './linking/fold-labels.ts'
import { type LabelledText, readLabelledTexts, readTrainingTexts } from './linking/labelled-texts.ts'
import { labelsAlone } from './linking/read-by-model.ts'
import { readTexts, type ReadText } from './linking/read-texts.ts'
import { crossValidate, fitTextJudge, type Fitting, type JudgedText } from './triage/fit-text-judge.ts'

/** Of so many grams a model keeps those that weigh most: the file stays readable, the answers the same. */
const mostGrams = 3_000
/** Real issues that are to be kept, of those learned from. */
const leastIssuesKept = 0.975

const folder = new URL('labelled/', import.meta.url)
const texts = readLabelledTexts(new URL('texts.jsonl', folder))
const heldTexts = new Set(texts.filter(({ split }) => split === 'held').map(({ text }) => text))
const labelled = [...texts.filter(({ split }) => split === 'dev'), ...readTrainingTexts(folder).filter(({ text }) => !heldTexts.has(text))]

const files = readVocabularyFiles()
const vocabulary = createVocabulary(files)
const foldLabels = readFoldLabels(new URL('labeller-folds.jsonl', folder), files.calibration.labels)
const linker = createLinker(vocabulary)
const readers = { vocabulary, assess: createAssess(vocabulary), rules: createTriageRules({ ...readTriageRuleFiles(), judge: null }, vocabulary) }

/** A text as triage reads it: by its words, or with what a labeller hears that has not read its family. */
const rowOf = (text: ReadText, isLabelled: boolean) => {
  const { judged, assessment } = readReport({ ...readers, linker }, textSubject(text.labelled.text, null, new Date(0)), isLabelled ? labelsAlone(foldLabels.chancesOf(text)) : null)
  return { row: text.labelled, text: readingCopy(text.labelled.text).text, features: judged, isGrave: assessment.severity.level >= 9, family: text.labelled.family }
}
const read = readTexts(labelled, vocabulary)
const rows = read.map(text => rowOf(text, false))
const heardRows = read.map(text => rowOf(text, true))

const fit = (isYes: (row: LabelledText) => boolean, fitting: Fitting, from = rows) => {
  const examples = from.map(({ row, text, features, family }): JudgedText => ({ text, features, family, isYes: isYes(row) }))
  const chances = crossValidate(examples, fitting)
  const { features, grams } = fitTextJudge(examples, fitting)
  const kept = Object.entries(grams).toSorted((a, b) => Math.abs(b[1]) - Math.abs(a[1])).slice(0, mostGrams).filter(([, weight]) => Math.abs(weight) >= 0.01)
  const short = (weights: [string, number][]) => Object.fromEntries(weights.map(([name, weight]) => [name, Number(weight.toFixed(2))] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return { chances, examples, features: short(Object.entries(features)), grams: short(kept) }
}
const cuts = Array.from({ length: 61 }, (_, step) => Number((0.2 + step * 0.01).toFixed(2)))

const share = (part: number, whole: number): number => Number((part / whole).toFixed(3))

/** A model of the boundary and its cut: of those that keep the issues, where most are right. */
const boundaryOf = (from: typeof rows) => {
  const model = fit(row => row.qualityIssue, { penalty: 1, leastTexts: 3, yesWeight: 1, epochs: 40 }, from)
  const judged = from.map(({ isGrave, row }, at) => ({ chance: isGrave ? 1 : model.chances[at]!, isIssue: row.qualityIssue }))
  const [issues, others] = [judged.filter(({ isIssue }) => isIssue), judged.filter(({ isIssue }) => !isIssue)]
  const keptAt = (cut: number): number => issues.filter(({ chance }) => chance >= cut).length / issues.length
  const rightAt = (cut: number): number => judged.filter(({ chance, isIssue }) => isIssue === (chance >= cut)).length
  const cut = cuts.filter(cut => keptAt(cut) >= leastIssuesKept).reduce((best, cut) => (rightAt(cut) > rightAt(best) ? cut : best))
  return { ...model, cut, issuesKept: share(keptAt(cut) * issues.length, issues.length), otherMattersFound: share(others.filter(({ chance }) => chance < cut).length, others.length) }
}
const [quality, qualityWithLabels] = [boundaryOf(rows), boundaryOf(heardRows)]

/** Where precision and recall are best together: feelings are rare, and who looks only at accuracy hears none. */
const feelingCut = ({ chances, examples }: ReturnType<typeof fit>): number => {
  const due = examples.filter(({ isYes }) => isYes).length
  const f1At = (cut: number): number => {
    const said = examples.filter((_, at) => chances[at]! >= cut)
    return (2 * said.filter(({ isYes }) => isYes).length) / (said.length + due)
  }
  return cuts.reduce((best, cut) => (f1At(cut) > f1At(best) ? cut : best))
}
const angry = fit(({ sentiment }) => sentiment === 'angry', { penalty: 1, leastTexts: 3, yesWeight: 2, epochs: 40 })
const satisfied = fit(({ sentiment }) => sentiment === 'satisfied', { penalty: 1, leastTexts: 3, yesWeight: 2, epochs: 40 })

const report = (name: string, { chances, examples }: ReturnType<typeof fit>, cut: number) => {
  const said = examples.filter((_, at) => chances[at]! >= cut)
  const due = examples.filter(({ isYes }) => isYes)
  return { name, texts: examples.length, cut, precision: share(said.filter(({ isYes }) => isYes).length, said.length), recall: share(said.filter(({ isYes }) => isYes).length, due.length) }
}
const model = ({ features, grams }: ReturnType<typeof fit>, cut: number) => ({ cut, features, grams })
const about = 'What a text sounds like to triage: logistic models over its grams and what the rules found. Made by bench/fit-triage.ts; not to be edited by hand. Raise a cut to hear less.'
writeFileSync(new URL('../vocabulary/triage/judge.json', import.meta.url), `${JSON.stringify({ about, quality: model(quality, quality.cut), qualityWithLabels: model(qualityWithLabels, qualityWithLabels.cut), angry: model(angry, feelingCut(angry)), satisfied: model(satisfied, feelingCut(satisfied)) })}\n`)
const boundary = (name: string, { issuesKept, otherMattersFound, cut, ...judged }: ReturnType<typeof boundaryOf>) => ({ ...report(name, judged, cut), issuesKept, otherMattersFound })
process.stdout.write(`${JSON.stringify({
  crossValidated: [
    boundary('quality', quality), boundary('quality with labels', qualityWithLabels),
    report('angry', angry, feelingCut(angry)), report('satisfied', satisfied, feelingCut(satisfied)),
  ],
}, null, 2)}\n`)
