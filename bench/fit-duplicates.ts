/**
 * Fits the chance that two reports of one car tell of one problem, and chooses its limits: `npx tsx bench/fit-duplicates.ts [--vectors FILE]`.
 *
 * On the dev half of `incidents.jsonl` and on `incidents-train.jsonl`, never on the held half. Limits are chosen on a simulated fleet in which each
 * pair is judged by weights that have seen neither of its two families (eight folds). Prints the choice; `--write` puts it into
 * `vocabulary/duplicates.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createRandom } from '../src/analysis/random.ts'
import { readConfig } from '../src/config.ts'
import { learnLikeness } from '../src/workflow/duplicates/likeness.ts'
import type { ReadPair } from '../src/workflow/duplicates/pair-features.ts'
import { positionConflict } from '../src/workflow/duplicates/position-words.ts'
import type { ReadReport } from '../src/workflow/duplicates/read-compared.ts'
import { chanceBy, fitPairs, type LabelledPair, type PairWeights } from './duplicates/fit-pairs.ts'
import { readIncidents, readTrainIncidents, type HardNegative, type Incident } from './duplicates/labelled-incidents.ts'
import { openProduct } from './duplicates/product.ts'
import { countPairs, groupsOf, pairsThatMatter, score, type Relation } from './duplicates/score-pairs.ts'
import { simulateReports, type SimulatedReport } from './duplicates/simulated-reports.ts'
import { vectorsOf } from './duplicates/vectors-of.ts'

const { values: options } = parseArgs({ options: { vectors: { type: 'string' }, write: { type: 'boolean', default: false } } })
const folds = 8
const seed = 20261122
/** A look-alike is as frequent beside an incident's ten pairs as in the fleet. */
const lookAlikeWeight = 1.4
/** Pairs of two incidents that one car may have at once, in all, as a share of the pairs of one incident. */
const crossShare = 0.6

type Material = { incidents: Incident[]; hardNegatives: HardNegative[] }
const dev = (({ incidents, hardNegatives }: Material): Material => ({ incidents: incidents.filter(({ split }) => split === 'dev'), hardNegatives: hardNegatives.filter(({ split }) => split === 'dev') }))(readIncidents())
const train = readTrainIncidents()
const all: Material = { incidents: [...dev.incidents, ...train.incidents], hardNegatives: [...dev.hardNegatives, ...train.hardNegatives] }
const foldOf = new Map([...all.incidents, ...all.hardNegatives].map(({ id }) => id).sort().map((id, at) => [id, at % folds]))

type Told = { channel: string; language: string; text: string }
const asReport = ({ channel, language, text }: Told, family: string): SimulatedReport =>
  ({ id: `${family}/${channel}/${text}`, car: family, hasVin: true, model: '', channel, language, text, day: 0, event: family, issue: family, family, part: 'retelling' })

function labelledPairs(material: Material, read: (told: Told, family: string) => ReadReport, readPair: ReadPair): LabelledPair[] {
  const random = createRandom(seed)
  const pairs: LabelledPair[] = []
  const add = (a: ReadReport, b: ReadReport, pair: Omit<LabelledPair, 'features'>): void => {
    if (positionConflict(a.positions, b.positions) === null) pairs.push({ ...pair, features: readPair(a, b) })
  }
  const told = material.incidents.map(({ id, retellings }) => ({ id, reports: retellings.map(one => read(one, id)) }))
  const crossWeight = (crossShare * 10 * told.length) / ((5 * told.length * (told.length - 1)) / 2)
  for (const [at, { id, reports }] of told.entries()) {
    for (const [first, a] of reports.entries()) for (const b of reports.slice(first + 1)) add(a, b, { isOne: true, weight: 1, families: [id, id] })
    for (const other of told.slice(at + 1))
      for (let drawn = 0; drawn < 5; drawn++)
        add(reports[Math.floor(5 * random())]!, other.reports[Math.floor(5 * random())]!, { isOne: false, weight: crossWeight, families: [id, other.id] })
  }
  for (const { id, vehicle, daysApart, a, b } of material.hardNegatives)
    if (vehicle === 'same' && daysApart <= 30) add(read(a, id), read(b, id), { isOne: false, weight: lookAlikeWeight, families: [id, id] })
  return pairs
}

const foldKey = (a: string, b: string): string => [foldOf.get(a)!, foldOf.get(b)!].sort((x, y) => x - y).join()

/** For every two folds the weights fitted on the others. */
function fitFolds(pairs: readonly LabelledPair[]): Map<string, PairWeights> {
  const fitted = new Map<string, PairWeights>()
  for (let a = 0; a < folds; a++)
    for (let b = a; b < folds; b++) fitted.set([a, b].join(), fitPairs(pairs.filter(({ families }) => families.every(family => foldOf.get(family) !== a && foldOf.get(family) !== b))))
  return fitted
}

const sameIssue: Relation = (a, b) => a.issue === b.issue
const grid = [0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8].flatMap(sameReport => [0.4, 0.5, 0.6, 0.7, 0.8].flatMap(sameIssueLimit => [0.1, 0.2, 0.3].map(apart => ({ sameReport, sameIssue: sameIssueLimit, apart }))))

async function main(): Promise<void> {
  const fleets = fleetsOf()
  const vectors = await vectorsOf([...all.incidents.flatMap(({ retellings }) => retellings), ...all.hardNegatives.flatMap(({ a, b }) => [a, b]), ...fleets.flat()].map(({ text }) => text), options.vectors ?? join(readConfig().cacheDir, 'bench-duplicates-vectors.jsonl'))
  const { read, tools } = openProduct()
  const sample = all.incidents.flatMap(({ retellings }) => retellings).map(({ language, text }) => ({ language, embedding: vectors.of(text) }))
  const learnt = learnLikeness(sample, vectors.modelId, tools.rules.cosine)
  const likenessOf = (withVectors: boolean) => (withVectors ? learnt : () => 0)
  const fit = (withVectors: boolean) => {
    const readTold = (told: Told, family: string): ReadReport => read(asReport(told, family), withVectors ? vectors.of(told.text) : null)
    return labelledPairs(all, readTold, tools.judgesFor(likenessOf(withVectors)).readPair)
  }
  const [withVectors, withoutVectors] = [fit(true), fit(false)]
  const byFold = { with: fitFolds(withVectors), without: fitFolds(withoutVectors) }
  const judge = (limits: (typeof grid)[number], kind: 'with' | 'without', fleet: readonly SimulatedReport[]) => {
    const familyOf = new Map(fleet.map(({ id, family }) => [id, family]))
    const product = openProducts(kind, byFold[kind], familyOf, limits)
    const reports = reportsOf(product, fleet, kind === 'with' ? vectors.of : () => null)
    const { settleCar } = product.tools.judgesFor(kind === 'with' ? likenessOf(true) : likenessOf(false))
    const cars = new Map<string | null, ReadReport[]>()
    for (const report of reports) cars.set(report.vehicleId, [...(cars.get(report.vehicleId) ?? []), report])
    const tied = [...cars.values()].flatMap(ofCar => settleCar(ofCar, () => false)).filter(({ relation }) => relation !== 'distinct' && relation !== 'similar')
    const groups = groupsOf(fleet.map(({ id }) => id), tied.map(({ later, earlier }) => [later.id, earlier.id] as const))
    const counts: Relation = (a, b) => groups.get(a.id) === groups.get(b.id)
    return score(countPairs(pairsThatMatter(fleet, sameIssue, counts), { isTrue: sameIssue, isFound: counts }), createRandom(seed))
  }
  const found = grid.filter(({ sameReport, apart, sameIssue: issue }) => apart < sameReport && issue >= sameReport - 0.1).map(limits => {
    const scores = fleets.map(fleet => judge(limits, 'with', fleet))
    const mean = (side: 'precision' | 'recall'): number => scores.reduce((sum, one) => sum + one[side], 0) / scores.length
    return { limits, precision: mean('precision'), recall: mean('recall') }
  })
  for (const { limits, precision, recall } of found.toSorted((a, b) => b.recall - a.recall)) if (precision >= 0.93) console.log(JSON.stringify(limits), precision.toFixed(3), recall.toFixed(3))
  const best = found.filter(({ precision }) => precision >= leastPrecision).reduce((winner, one) => (one.recall > winner.recall ? one : winner), { limits: grid.at(-1)!, precision: 1, recall: 0 })
  const without = fleets.map(fleet => judge(best.limits, 'without', fleet))
  console.log('chosen', JSON.stringify(best), 'without vectors', without.map(({ precision, recall }) => `${precision} / ${recall}`).join(', '))
  console.log(JSON.stringify({ withVectors: fitPairs(withVectors), withoutVectors: fitPairs(withoutVectors) }, null, 1))
  if (options.write) write({ withVectors: fitPairs(withVectors), withoutVectors: fitPairs(withoutVectors), limits: best.limits })
}

/** Wanted while choosing: two points over the aim, for what a choice gains on the families it was made on and what other families cost. */
const leastPrecision = 0.972

/** As many look-alikes beside the incidents as the labelled set has in all. */
function fleetsOf(): SimulatedReport[][] {
  const hardNegatives = all.hardNegatives.filter((_, at) => at % 10 < 6)
  return [seed + 10, seed + 11].map(start => simulateReports({ incidents: all.incidents, hardNegatives, carsPerIncident: 3, shareWithoutVin: 0, random: createRandom(start) }))
}

type Products = ReturnType<typeof openProduct>
type Opened = { product: Products; limits: { sameReport: number; sameIssue: number; apart: number }; familyOf: Map<string, string> }
const opened = new Map<string, Opened>()

/** One product a kind, its limits and families exchanged: reading the vocabulary takes seconds. */
function openProducts(kind: string, fitted: Map<string, PairWeights>, familyOf: Map<string, string>, limits: (typeof grid)[number]): Products {
  const known = opened.get(kind)
  if (known) {
    Object.assign(known.limits, limits)
    known.familyOf = familyOf
    return known.product
  }
  const held = { limits: { ...limits }, familyOf } as Opened
  const remembered = new Map<string, number>()
  held.product = openProduct(rules => ({ ...rules, pair: { ...rules.pair, limits: held.limits } }), readPair => (a, b) => {
    const [ofA, ofB] = [held.familyOf.get(a.id)!, held.familyOf.get(b.id)!]
    const key = `${a.channel}\0${a.text}\0${b.channel}\0${b.text}`
    const chance = remembered.get(key) ?? chanceBy(fitted.get(foldKey(ofA, ofB))!, readPair(a, b))
    remembered.set(key, chance)
    return chance
  })
  opened.set(kind, held)
  return held.product
}

const readOnce = new Map<string, ReadReport[]>()
function reportsOf(product: Products, fleet: readonly SimulatedReport[], vectorOf: (text: string) => readonly number[] | null): ReadReport[] {
  const key = `${fleet.length}/${fleet[0]!.day}/${vectorOf(fleet[0]!.text) === null}`
  const reports = readOnce.get(key) ?? fleet.map(report => product.read(report, vectorOf(report.text)))
  readOnce.set(key, reports)
  return reports
}

function write(pair: { withVectors: PairWeights; withoutVectors: PairWeights; limits: object }): void {
  const file = new URL('../vocabulary/duplicates.json', import.meta.url)
  const text = readFileSync(file, 'utf8')
  const from = text.indexOf('  "pair": {')
  const to = text.indexOf('  "detail"')
  const lines = Object.entries(pair).map(([name, value]) => `    "${name}": ${JSON.stringify(value)}`)
  writeFileSync(file, `${text.slice(0, from)}  "pair": {\n${lines.join(',\n')}\n  },\n${text.slice(to)}`)
}

await main()
