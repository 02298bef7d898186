import { estimateBaseline, type Baseline } from './baseline.ts'
import { createWindowTable, scanWindows } from './build-windows.ts'
import { levelCandidate, pairCandidate, windowCandidate, type Candidate } from './candidate.ts'
import { foldReports, type ClassEvents, type Report } from './class-events.ts'
import { cellAt } from './exposure.ts'
import { monteCarloP } from './false-discovery.ts'
import { fitFactors, isExplainedAway } from './fitted-rivals.ts'
import { expectLevels, quarterGroups, type LevelExpectations, type Population } from './level-expectations.ts'
import { createLevelSets, createPairExpectation, forEachVehicle, jaccard, type LevelSets } from './level-sets.ts'
import { levelsOfEvents, type EventLevels } from './level-table.ts'
import { createLevelWalk, type LevelWalk } from './level-walk.ts'
import { drawNullMaxima } from './null-maxima.ts'
import { createPairScanner } from './pair-scan.ts'
import { analysisParameters } from './parameters.ts'
import { createRandom } from './random.ts'
import { scanLlr } from './scan-score.ts'
import { createLevelScorer } from './single-scan.ts'
import { decideVerdict, powerShare, type Verdict } from './verdict.ts'

/** Candidates whose cars overlap so much that the fleet cannot tell them apart; the first speaks for the class. */
export type CandidateClass = { members: Candidate[]; pValue: number; explainedAway: boolean }

export type CommonalityResult = {
  events: ClassEvents
  vehicles: number
  vehicleMonths: number
  affectedVehicles: number
  classes: CandidateClass[]
  verdict: Verdict
  reason: string
  margin: number | null
  powerShare: number
  s95: number | null
  baseline: Baseline | null
}

type Scan = {
  population: Population
  walk: LevelWalk
  baseline: Baseline
  events: ClassEvents
  eventLevels: EventLevels
  expectations: LevelExpectations
  sets: LevelSets
}

/**
 * Ranks what the affected cars have in common, against the exposure of the whole population.
 *
 * @param reports all reports of the symptom class known at the cut-off.
 * @param seed of the Monte-Carlo draws: the same data, cut-off and seed give the same result.
 */
export const analyzeCommonality = (options: {
  population: Population
  reports: readonly Report[]
  seed: number
  replicates?: number
  shouldStop?: () => boolean
}): CommonalityResult => {
  const { population, reports } = options
  const { projection } = population
  const groups = quarterGroups(population, true)
  const isExposed = (vehicle: number, at: number): boolean => groups.groupOf[vehicle]! >= 0 && cellAt(groups, groups.groupOf[vehicle]!, at) >= 0
  const events = foldReports(reports, isExposed)
  const counts = countPopulation(population, groups.groupOf, events)
  if (events.claims < analysisParameters.minClaims) return { ...counts, events, ...nothingRanked(events) }
  const walk = createLevelWalk(projection)
  const baseline = estimateBaseline(groups, events, projection.region)
  const eventLevels = levelsOfEvents(walk, events)
  const expectations = expectLevels({ population, walk, baseline, events, eventLevels })
  const scan: Scan = { population, walk, baseline, events, eventLevels, expectations, sets: createLevelSets(projection, baseline) }
  const ranked = rankCandidates(scan, expectations.expected, events.vehicle)
  const maxima = drawNullMaxima({
    projection,
    walk,
    baseline,
    search: {
      scorer: createLevelScorer(projection, expectations.table.mass, events.claims, expectations.known),
      pairs: pairScanner(scan, () => baseline),
      windows: createWindowTable(projection, baseline),
    },
    claims: events.claims,
    replicates: options.replicates ?? analysisParameters.replicates,
    random: createRandom(options.seed),
    shouldStop: options.shouldStop,
  })
  const s95 = quantile(maxima, 0.95)
  const classes = classify(withSecondCause(scan, ranked, maxima), scan, maxima)
  const power = powerShare({ projection, table: expectations.table, known: expectations.known, claims: events.claims, s95 })
  const margin = marginOf(classes)
  const leader = classes[0]
  const decided = decideVerdict({
    claims: events.claims,
    withoutExposure: events.withoutExposure,
    pValue: leader?.pValue ?? null,
    powerShare: power,
    leader: leader ? { known: leader.members[0]!.known, associationOnly: false, score: leader.members[0]!.score } : null,
    margin,
    weightedDisagrees: false,
  })
  return { ...counts, events, classes, ...decided, margin, powerShare: power, s95, baseline }
}

const nothingRanked = (events: ClassEvents) => ({
  ...decideVerdict({ claims: events.claims, withoutExposure: events.withoutExposure, pValue: null, powerShare: 0, leader: null, margin: null, weightedDisagrees: false }),
  classes: [],
  margin: null,
  powerShare: 0,
  s95: null,
  baseline: null,
})

const countPopulation = ({ projection, cutOff }: Population, groupOf: Int32Array, events: ClassEvents) => {
  let [vehicles, minutes] = [0, 0]
  groupOf.forEach((group, vehicle) => {
    if (group < 0) return
    vehicles++
    minutes += cutOff - projection.soldAt[vehicle]!
  })
  return { vehicles, vehicleMonths: minutes / 43_830, affectedVehicles: new Set(events.vehicle).size }
}

const pairScanner = ({ population: { projection }, expectations, events, sets }: Scan, pick: (a: number, b: number) => Baseline) =>
  createPairScanner({
    projection,
    known: expectations.known,
    claims: events.claims,
    expectedOf: createPairExpectation(sets, projection.levels.length, pick),
  })

/** Singles, pairs and windows for given expectations, best first. */
const rankCandidates = (scan: Scan, expected: Float64Array, vehicles: Int32Array): Candidate[] => {
  const { population: { projection }, baseline, events, eventLevels, expectations, sets } = scan
  const { known, table } = expectations
  const scorer = createLevelScorer(projection, expected, events.claims, known)
  const singles: { level: number; score: number }[] = []
  table.observed.forEach((observed, level) => {
    const score = observed > 0 ? scorer.score(level, observed) : -Infinity
    if (score > -Infinity) singles.push({ level, score })
  })
  const levelsOf = Array.from({ length: events.claims }, (_, i) => Array.from(eventLevels.members.subarray(eventLevels.offsets[i], eventLevels.offsets[i + 1])))
  const pairs = pairScanner(scan, (a, b) => expectations.baselineFor([a, b])).scan(
    singles.filter(one => projection.levels[one.level]!.known),
    levelsOf,
  )
  const windows = scanWindows(createWindowTable(projection, baseline), projection, vehicles, 0)
  const candidates = [
    ...singles.map(({ level, score }) =>
      levelCandidate({ projection, sets, level, observed: table.observed[level]!, expected: expected[level]!, score, llr: scanLlr(table.observed[level]!, expected[level]!, events.claims) })),
    ...pairs.map(pair => pairCandidate(projection, sets, pair)),
    ...windows.slice(0, 5).map(window => windowCandidate(projection, vehicle => baseline.groups.groupOf[vehicle]! >= 0, window)),
  ]
  return candidates.sort((x, y) => y.score - x.score)
}

/** The best candidate once the leader is taken as true, moved to the second place when it is significant. */
const withSecondCause = (scan: Scan, ranked: Candidate[], maxima: Float64Array): Candidate[] => {
  const leader = ranked[0]
  if (!leader || monteCarloP(leader.score, maxima) > analysisParameters.alpha) return ranked
  const { expectations, walk, baseline, events, population: { projection } } = scan
  const inside = new Float64Array(expectations.expected.length)
  const { groupOf, cutOff } = baseline.groups
  forEachVehicle(leader.set, vehicle => {
    if (groupOf[vehicle]! < 0) return
    for (const [from, to] of leader.set.partial.get(vehicle) ?? [[projection.soldAt[vehicle]!, cutOff] as const])
      walk(vehicle, from, to, (level, start, end) => (inside[level]! += baseline.mass(vehicle, start, end)))
  })
  const factors = fitFactors(leader.observed, leader.expected, events.claims)
  const adjusted = expectations.expected.map((e, level) => {
    const mass = expectations.table.mass[level]!
    const share = mass > 0 ? inside[level]! / mass : 0
    return e * (share * factors.inside + (1 - share) * factors.outside)
  })
  const second = rankCandidates(scan, adjusted, events.vehicle).find(one => one.known && one.kind !== 'window')
  if (!second || monteCarloP(second.score, maxima) > analysisParameters.alpha) return ranked
  const spelled = (one: Candidate): string => one.factors.map(factor => factor.level).join('\0')
  const original = ranked.find(one => spelled(one) === spelled(second)) ?? second
  return [leader, original, ...ranked.filter(one => one !== leader && one !== original)]
}

/** Greedy classes of Jaccard > 0.6 in the order given, each with the p of its first member. */
const classify = (ranked: Candidate[], scan: Scan, maxima: Float64Array): CandidateClass[] => {
  const classes: CandidateClass[] = []
  for (const candidate of ranked) {
    const home = classes.find(one => jaccard(one.members[0]!.set, candidate.set) > analysisParameters.classJaccard)
    if (home) home.members.push(candidate)
    else {
      const leader = classes[0]?.members[0]
      classes.push({
        members: [candidate],
        pValue: monteCarloP(candidate.score, maxima),
        explainedAway: leader !== undefined && isExplainedAway(candidate, leader, scan.baseline, scan.events.claims, analysisParameters.tieMargin),
      })
    }
  }
  return classes
}

const marginOf = (classes: readonly CandidateClass[]): number | null => {
  const rival = classes.slice(1).filter(one => !one.explainedAway).reduce((best, one) => Math.max(best, one.members[0]!.score), -Infinity)
  return classes[0] && rival > -Infinity ? classes[0].members[0]!.score - rival : null
}

const quantile = (values: Float64Array, share: number): number => {
  const sorted = values.slice().sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}
