// Fits what a text sounds like to triage: quality issue or not, angry, satisfied. Learns from bench/labelled/train-*.jsonl and the dev split of
// bench/labelled/texts.jsonl only; penalty and cuts are chosen by cross-validation over families. Writes vocabulary/triage/judge.json.
//
//   npx tsx bench/fit-triage.ts
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createAssess, createLinker, createVocabulary } from '../src/vocabulary/index.ts'
import { readingCopy } from '../src/vocabulary/reading-copy.ts'
import { readTriageRuleFiles, readVocabularyFiles } from '../src/vocabulary-files.ts'
import { readReport } from '../src/workflow/triage/read-report.ts'
import { createTriageRules } from '../src/workflow/triage/triage-rules.ts'
import { textSubject } from '../src/workflow/triage/triage-subject.ts'
import { crossValidate, fitTextJudge, type Fitting, type JudgedText } from './triage/fit-text-judge.ts'

type Labelled = { text: string; split?: string; family?: string; complaintId?: string; qualityIssue: boolean; sentiment: string }

/** Of so many grams a model keeps those that weigh most: the file stays readable, the answers the same. */
const mostGrams = 3_000
/** Real issues that are to be kept, of those learned from. */
const leastIssuesKept = 0.975

const read = (name: string): Labelled[] => readFileSync(new URL(`labelled/${name}.jsonl`, import.meta.url), 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line) as Labelled)
const trainFiles = readdirSync(new URL('labelled/', import.meta.url)).filter(name => /^train-.*\.jsonl$/.test(name)).toSorted().map(name => name.slice(0, -'.jsonl'.length))
const texts = read('texts')
const held = texts.filter(({ split }) => split === 'held')
const [heldComplaints, heldTexts] = [new Set(held.flatMap(({ complaintId }) => complaintId ?? [])), new Set(held.map(({ text }) => text))]
const labelled = [...texts.filter(({ split }) => split === 'dev'), ...trainFiles.flatMap(read)]
  .filter(({ complaintId, text }) => !(complaintId !== undefined && heldComplaints.has(complaintId)) && !heldTexts.has(text))

const vocabulary = createVocabulary(readVocabularyFiles())
const readers = { vocabulary, linker: createLinker(vocabulary), assess: createAssess(vocabulary), rules: createTriageRules({ ...readTriageRuleFiles(), judge: null }, vocabulary) }
const rows = labelled.map(row => {
  const { judged, assessment } = readReport(readers, textSubject(row.text, null, new Date(0)))
  return { row, text: readingCopy(row.text).text, features: judged, isGrave: assessment.severity.level >= 9, family: row.family ?? `complaint ${row.complaintId}` }
})

const fit = (isYes: (row: Labelled) => boolean, fitting: Fitting) => {
  const examples = rows.map(({ row, text, features, family }): JudgedText => ({ text, features, family, isYes: isYes(row) }))
  const chances = crossValidate(examples, fitting)
  const { features, grams } = fitTextJudge(examples, fitting)
  const kept = Object.entries(grams).toSorted((a, b) => Math.abs(b[1]) - Math.abs(a[1])).slice(0, mostGrams).filter(([, weight]) => Math.abs(weight) >= 0.01)
  const short = (weights: [string, number][]) => Object.fromEntries(weights.map(([name, weight]) => [name, Number(weight.toFixed(2))] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return { chances, examples, features: short(Object.entries(features)), grams: short(kept) }
}
const cuts = Array.from({ length: 61 }, (_, step) => Number((0.2 + step * 0.01).toFixed(2)))

const quality = fit(row => row.qualityIssue, { penalty: 1, leastTexts: 3, yesWeight: 1, epochs: 40 })
const issues = rows.map(({ isGrave, row }, at) => ({ chance: isGrave ? 1 : quality.chances[at]!, isIssue: row.qualityIssue }))
const keptAt = (cut: number): number => issues.filter(({ chance, isIssue }) => isIssue && chance >= cut).length / issues.filter(({ isIssue }) => isIssue).length
const rightAt = (cut: number): number => issues.filter(({ chance, isIssue }) => isIssue === (chance >= cut)).length
/** Most are right; of those cuts that keep the issues. */
const qualityCut = cuts.filter(cut => keptAt(cut) >= leastIssuesKept).reduce((best, cut) => (rightAt(cut) > rightAt(best) ? cut : best))

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

const share = (part: number, whole: number): number => Number((part / whole).toFixed(3))
const report = (name: string, { chances, examples }: ReturnType<typeof fit>, cut: number) => {
  const said = examples.filter((_, at) => chances[at]! >= cut)
  const due = examples.filter(({ isYes }) => isYes)
  return { name, texts: examples.length, cut, precision: share(said.filter(({ isYes }) => isYes).length, said.length), recall: share(said.filter(({ isYes }) => isYes).length, due.length) }
}
const model = ({ features, grams }: ReturnType<typeof fit>, cut: number) => ({ cut, features, grams })
const about = 'What a text sounds like to triage: logistic models over its grams and what the rules found. Made by bench/fit-triage.ts; not to be edited by hand. Raise a cut to hear less.'
writeFileSync(new URL('../vocabulary/triage/judge.json', import.meta.url), `${JSON.stringify({ about, quality: model(quality, qualityCut), angry: model(angry, feelingCut(angry)), satisfied: model(satisfied, feelingCut(satisfied)) })}\n`)
const others = issues.filter(({ isIssue }) => !isIssue)
process.stdout.write(`${JSON.stringify({
  crossValidated: [
    { ...report('quality', quality, qualityCut), issuesKept: share(issues.filter(({ chance, isIssue }) => isIssue && chance >= qualityCut).length, issues.length - others.length), otherMattersFound: share(others.filter(({ chance }) => chance < qualityCut).length, others.length) },
    report('angry', angry, feelingCut(angry)), report('satisfied', satisfied, feelingCut(satisfied)),
  ],
}, null, 2)}\n`)
