/**
 * How well reports told twice are found: `npx tsx bench/duplicates.ts [--cars 6] [--vectors FILE] [--held]`.
 *
 * Sixty incidents told five times each in two languages and sixty look-alikes (`bench/labelled/incidents.jsonl`, by their authors' split) happen to a
 * simulated fleet; see `bench/duplicates/simulated-reports.ts`. Rules were tuned on `dev`. A wrong pair is one that would take a report out of the
 * counts that belongs there. Writes `bench/results/duplicates-<commit>.json`.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createRandom } from '../src/analysis/random.ts'
import { readConfig } from '../src/config.ts'
import { readIncidents, type Split } from './duplicates/labelled-incidents.ts'
import { cosineOver, hashOrNear, openProduct, yardstick, type Found, type Line } from './duplicates/product.ts'
import { countPairs, groupsOf, pairsThatMatter, score, type Relation } from './duplicates/score-pairs.ts'
import { simulateReports, type SimulatedReport } from './duplicates/simulated-reports.ts'
import { vectorsOf } from './duplicates/vectors-of.ts'

const { values: options } = parseArgs({ options: { cars: { type: 'string', default: '6' }, vectors: { type: 'string' }, held: { type: 'boolean', default: false }, verbose: { type: 'boolean', default: false } } })
const config = readConfig()
const seed = 20261122

const sameIssue: Relation = (a, b) => a.issue === b.issue
const sameEvent: Relation = (a, b) => a.event === b.event
const pairOf = (a: SimulatedReport, b: SimulatedReport): string => [a.language, b.language].sort().join('-')
const tied = (reports: readonly SimulatedReport[], edges: Iterable<string>): Relation => {
  const groups = groupsOf(reports.map(({ id }) => id), [...edges].map(edge => edge.split('\0') as [string, string]))
  return (a, b) => groups.get(a.id) === groups.get(b.id)
}

/** Problems of known cars whose reports form one group, whole and without others, and how many events are counted for one that there was. */
function wholeIssues(reports: readonly SimulatedReport[], isFound: Relation) {
  const known = reports.filter(({ hasVin }) => hasVin)
  const members = (same: Relation) => known.map(report => known.filter(other => other.car === report.car && same(report, other)).map(({ id }) => id).sort().join())
  const [truth, found] = [new Set(members(sameIssue)), new Set(members(isFound))]
  return { issues: truth.size, whole: Math.round((1000 * [...truth].filter(one => found.has(one)).length) / truth.size) / 1000, eventsCountedForOne: Math.round((1000 * found.size) / truth.size) / 1000 }
}

function measure(reports: readonly SimulatedReport[], { duplicates, sameIssue: issueEdges, similar }: Found) {
  const counts = tied(reports, [...duplicates, ...issueEdges])
  const twice = tied(reports, duplicates)
  const random = createRandom(seed)
  const pairs = pairsThatMatter(reports, sameIssue, counts)
  const of = (isTrue: Relation, isFound: Relation, among?: Relation) => score(countPairs(pairs, { isTrue, isFound, ...(among && { of: among }) }), random)
  const byId = new Map(reports.map(report => [report.id, report]))
  const alike = [...similar].map(edge => edge.split('\0').map(id => byId.get(id)!) as [SimulatedReport, SimulatedReport])
  const lookAlike: Relation = (a, b) => a.part === 'look-alike' || b.part === 'look-alike'
  return {
    leavesTheCounts: of(sameIssue, counts),
    bothNameTheCar: of(sameIssue, counts, (a, b) => a.hasVin && b.hasVin),
    oneNamesNoCar: of(sameIssue, counts, (a, b) => !a.hasVin || !b.hasVin),
    lookAlikesMerged: `${[...countPairs(pairs, { isTrue: sameIssue, isFound: counts, of: lookAlike }).values()].reduce((sum, { wrong }) => sum + wrong, 0)} pairs`,
    duplicateOf: of(sameEvent, twice),
    sameIssueBeyondOneEvent: of((a, b) => sameIssue(a, b) && !sameEvent(a, b), (a, b) => counts(a, b) && !twice(a, b)),
    byLanguages: Object.fromEntries([...new Set(reports.flatMap(a => reports.slice(0, 40).map(b => pairOf(a, b))))].sort().map(pair => [pair, of(sameIssue, counts, (a, b) => a.hasVin && b.hasVin && pairOf(a, b) === pair)])),
    issues: wholeIssues(reports, counts),
    similar: { edges: alike.length, ofOneIncident: alike.filter(([a, b]) => a.family === b.family).length, thatAreOneIssue: alike.filter(([a, b]) => sameIssue(a, b)).length },
  }
}

/** Least cosine with the best F1 on the reports that were tuned on. */
const bestCosineOn = (reports: readonly SimulatedReport[], read: Parameters<Line>[0]): number =>
  [0.82, 0.85, 0.88, 0.91, 0.94].map(least => {
    const counts = tied(reports, yardstick(cosineOver(least), 30)(read).duplicates)
    const { precision, recall } = score(countPairs(pairsThatMatter(reports, sameIssue, counts), { isTrue: sameIssue, isFound: counts }), createRandom(seed))
    return { least, f1: (2 * precision * recall) / (precision + recall) }
  }).reduce((best, one) => (one.f1 > best.f1 ? one : best)).least

async function main(): Promise<void> {
  const { incidents, hardNegatives } = readIncidents()
  const splits: Split[] = options.held ? ['dev', 'held'] : ['dev']
  const fleets = new Map(splits.map((split, at) => [split, simulateReports({
    incidents: incidents.filter(one => one.split === split), hardNegatives: hardNegatives.filter(one => one.split === split), carsPerIncident: Number(options.cars), shareWithoutVin: 0.2, random: createRandom(seed + at),
  })]))
  const vectors = await vectorsOf([...fleets.values()].flat().map(({ text }) => text), options.vectors ?? join(config.cacheDir, 'bench-duplicates-vectors.jsonl'))
  const { read, line } = openProduct()
  const readAll = (split: Split, withVectors: boolean) => fleets.get(split)!.map(report => read(report, withVectors ? vectors.of(report.text) : null))
  const bestCosine = bestCosineOn(fleets.get('dev')!, readAll('dev', true))
  const lines: [string, Line, boolean][] = [
    ['product', line(vectors.modelId), true],
    ['product without vectors', line(null), false],
    ['yardstick: same hash or Jaccard .6', yardstick(hashOrNear, 90), true],
    [`yardstick: cosine ${bestCosine}, best of five on dev, within 30 days`, yardstick(cosineOver(bestCosine), 30), true],
    ['yardstick: every report of a car within 30 days', yardstick((a, b) => a.vehicleId !== null && a.vehicleId === b.vehicleId, 30), true],
  ]
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD']).toString().trim()
  const result = {
    commit, date: new Date().toISOString(), machine: { cpu: cpus()[0]?.model, cores: cpus().length }, model: vectors.modelId, carsPerIncident: Number(options.cars),
    reports: Object.fromEntries([...fleets].map(([split, reports]) => [split, reports.length])),
    splits: Object.fromEntries(splits.map(split => [split, Object.fromEntries(lines.map(([name, run, withVectors]) => [name, measure(fleets.get(split)!, run(readAll(split, withVectors)))]))])),
  }
  for (const [split, measured] of Object.entries(result.splits))
    for (const [name, { leavesTheCounts: all, bothNameTheCar: known, duplicateOf, issues, lookAlikesMerged }] of Object.entries(measured))
      console.log(`${split} ${name}: precision ${all.precision} [${all.precisionInterval.join('–')}] recall ${all.recall} [${all.recallInterval.join('–')}]; cars named ${known.precision} / ${known.recall}; told twice ${duplicateOf.precision} / ${duplicateOf.recall}; issues whole ${issues.whole}, counted ${issues.eventsCountedForOne}; look-alikes ${lookAlikesMerged}`)
  if (options.verbose) console.log(JSON.stringify(result.splits['dev']!['product'], null, 1))
  if (!options.held) return
  const folder = new URL('results/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  writeFileSync(new URL(`duplicates-${commit}.json`, folder), `${JSON.stringify(result, null, 2)}\n`)
}

await main()
