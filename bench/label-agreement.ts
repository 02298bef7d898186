/**
 * How far three labellers of the held texts agree, none of whom saw the others' labels: `npx tsx bench/label-agreement.ts`. Each one's first keys are
 * judged by another's labels exactly as the linker's keys are (`bench/linking-labels.ts`): what is left below 1 cannot be asked of a program.
 * Writes `bench/results/label-agreement-<commit>.json`.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { LabelledFinding, readLabelledTexts, slotsOf } from './linking/labelled-texts.ts'
import { microF1, noHits, addHits, scoreKeys, withInterval } from './linking/score-links.ts'

const Opinion = z.object({ id: z.string(), findings: z.array(LabelledFinding), qualityIssue: z.boolean(), sentiment: z.enum(['neutral', 'angry', 'satisfied']) })
type Opinion = z.infer<typeof Opinion>

const folder = new URL('labelled/', import.meta.url)
const opinionsOf = (name: string): Map<string, Opinion> =>
  new Map(readFileSync(new URL(name, folder), 'utf8').trim().split('\n').map(line => Opinion.parse(JSON.parse(line))).map(one => [one.id, one]))

const texts = readLabelledTexts(new URL('texts.jsonl', folder)).filter(({ split }) => split === 'held')
const labellers = { first: opinionsOf('texts.jsonl'), a: opinionsOf('opinion-a.jsonl'), b: opinionsOf('opinion-b.jsonl') }
type Labeller = keyof typeof labellers

/** "No quality issue" is said by `qualityIssue`. */
const actualOf = (labeller: Labeller, id: string): LabelledFinding[] =>
  labellers[labeller].get(id)!.findings.filter(({ modality, symptom }) => modality === 'actual' && symptom !== 'not-a-quality-issue')

function agreement(said: Labeller, judgedBy: Labeller, side: 'symptom' | 'component') {
  const judged = texts.map(text => ({
    text, score: scoreKeys(new Set(actualOf(said, text.id).flatMap(finding => finding[side] ?? [])), slotsOf(actualOf(judgedBy, text.id), side)),
  }))
  const { interval } = withInterval(judged, scores => microF1(scores.reduce(addHits, noHits)).f1)
  return { ...microF1(judged.map(({ score }) => score).reduce(addHits, noHits)), interval95: interval }
}

const share = (isSame: (id: string) => boolean): number => Number((texts.filter(({ id }) => isSame(id)).length / texts.length).toFixed(3))
const pairs: [Labeller, Labeller][] = [['a', 'first'], ['b', 'first'], ['a', 'b'], ['first', 'a'], ['first', 'b'], ['b', 'a']]
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
const result = {
  commit, texts: texts.length,
  pairs: pairs.map(([said, judgedBy]) => ({
    said, judgedBy, symptom: agreement(said, judgedBy, 'symptom'), component: agreement(said, judgedBy, 'component'),
    qualityIssue: share(id => labellers[said].get(id)!.qualityIssue === labellers[judgedBy].get(id)!.qualityIssue),
    sentiment: share(id => labellers[said].get(id)!.sentiment === labellers[judgedBy].get(id)!.sentiment),
  })),
  angry: Object.fromEntries(Object.entries(labellers).map(([name, opinions]) => [name, texts.filter(({ id }) => opinions.get(id)!.sentiment === 'angry').length])),
}
writeFileSync(new URL(`results/label-agreement-${commit}.json`, import.meta.url), `${JSON.stringify(result, null, 2)}\n`)
console.log(JSON.stringify(result, null, 2))
