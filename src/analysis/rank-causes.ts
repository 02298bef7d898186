import type { Candidate } from './candidate.ts'
import { classifyCandidates, marginOf, type CandidateClass } from './candidate-classes.ts'
import { createCauseScan, type CauseScan } from './cause-scan.ts'
import { foldReports, type ClassEvents, type Report } from './class-events.ts'
import { oddsOf, strataOf, vanishesInStrata } from './confounding.ts'
import { cellAt, type ExposureGroups } from './exposure.ts'
import { exposureGroupsOf, type Population } from './level-expectations.ts'
import { drawNullMaxima } from './null-maxima.ts'
import { analysisParameters, minutesPerMonth } from './parameters.ts'
import { createPairScanner } from './pair-scan.ts'
import { createRandom } from './random.ts'
import { reportCandidates, softwareChecks } from './report-candidates.ts'
import type { RankedCauses, SoftwareCheck } from './ranked-causes.ts'
import { createLevelScorer } from './single-scan.ts'
import { decideVerdict, powerShare, type VerdictInput } from './verdict.ts'
import { weightedCount, weightedScore } from './weighted-run.ts'

export type RankCausesInput = {
  population: Population
  /** All reports of the symptom class known at the cut-off. */
  reports: readonly Report[]
  /** Of the Monte-Carlo draws: the same data, cut-off and seed give the same result. */
  seed: number
  replicates?: number
  /** Classes of candidates in the answer (10); what the verdict rests on does not depend on it. */
  maxCandidates?: number
  /** Asked between steps and once a replicate; the answer then rests on the replicates drawn so far. */
  shouldStop?: () => boolean
  onProgress?: (done: number, total: number) => void
}

/** Ranks what the affected cars have in common, against the exposure of the whole population, and says how sure that is. */
export const rankCauses = (input: RankCausesInput): RankedCauses => {
  const { population, reports, seed, replicates = analysisParameters.replicates, maxCandidates = 10 } = input
  const groups = exposureGroupsOf(population, true)
  const isExposed = (vehicle: number, at: number): boolean => groups.groupOf[vehicle]! >= 0 && cellAt(groups, groups.groupOf[vehicle]!, at) >= 0
  const events = foldReports(reports, isExposed, vehicle => population.mask[vehicle] === 1)
  const counts = countPopulation(population, groups, events)
  if (events.claims < analysisParameters.minClaims) return { ...counts, ...nothingRanked(events) }
  const scan = createCauseScan(population, groups, events)
  const maxima = nullMaximaOf(scan, { seed, replicates, shouldStop: input.shouldStop, onProgress: input.onProgress })
  const classes = classifyCandidates(scan, maxima)
  const s95 = quantile(maxima, 0.95)
  const { expectations: { table, known } } = scan
  const power = powerShare({ projection: population.projection, table, known, claims: events.claims, s95 })
  const margin = marginOf(classes)
  const checks = softwareChecks(scan, classes)
  const leader = classes[0]?.members[0]?.candidate
  const decided = decideVerdict({
    claims: events.claims,
    withoutExposure: events.withoutExposure,
    pValue: classes[0]?.pValue ?? null,
    powerShare: power,
    leader: leader ? leaderOf(leader, scan, checks) : null,
    margin,
    weightedDisagrees: weightedDisagrees(classes, events),
  })
  return {
    ...counts, ...decided, margin, powerShare: power, s95, replicates: maxima.length,
    candidates: reportCandidates({ scan, classes, checks, maxima, maxCandidates }),
  }
}

/** What the verdict asks of the first candidate. */
const leaderOf = (leader: Candidate, { population: { projection }, baseline, events }: CauseScan, checks: ReadonlyMap<Candidate, SoftwareCheck>): NonNullable<VerdictInput['leader']> => ({
  known: leader.known,
  associationOnly: checks.get(leader)?.associationOnly ?? false,
  score: leader.score,
  vanishesInStrata: vanishesInStrata(oddsOf(strataOf(projection, baseline.groups, events, leader.set))),
})

const nullMaximaOf = (scan: CauseScan, options: { seed: number; replicates: number; shouldStop?: () => boolean; onProgress?: (done: number, total: number) => void }): Float64Array => {
  const { population: { projection }, walk, baseline, events: { claims }, expectations: { known, table: { mass } } } = scan
  return drawNullMaxima({
    projection, walk, baseline,
    search: {
      scorer: createLevelScorer(projection, mass, claims, known),
      pairs: expectedOf => createPairScanner({ projection, known, claims, mass, expectedOf }),
      exactPair: scan.pairExpectation,
      windows: scan.windows,
      known,
    },
    claims,
    replicates: options.replicates,
    random: createRandom(options.seed),
    shouldStop: options.shouldStop,
    onReplicate: done => options.onProgress?.(done, options.replicates),
  })
}

const countPopulation = ({ projection, cutOff }: Population, groups: ExposureGroups, events: ClassEvents) => {
  let [vehicles, minutes] = [0, 0]
  groups.groupOf.forEach((group, vehicle) => {
    if (group < 0) return
    vehicles++
    minutes += cutOff - projection.soldAt[vehicle]!
  })
  const { claims, withoutExposure, excludedDuplicates } = events
  return { claims, withoutExposure, excludedDuplicates, affectedVehicles: new Set(events.vehicle).size, vehicles, vehicleMonths: minutes / minutesPerMonth }
}

const nothingRanked = (events: ClassEvents) => ({
  ...decideVerdict({ claims: events.claims, withoutExposure: events.withoutExposure, pValue: null, powerShare: 0, leader: null, margin: null, weightedDisagrees: false }),
  margin: null, powerShare: 0, s95: null, replicates: 0, candidates: [],
})

/**
 * The run weighted by repair results and certainty of links has another leader, which the first does not explain away, and prefers it by more than
 * the plain run preferred the first.
 */
const weightedDisagrees = (classes: readonly CandidateClass[], events: ClassEvents): boolean => {
  const leads = classes.map(({ members: [first] }) => ({ plain: first!.candidate.score, weighted: weightedScore(first!.candidate, weightedCount(first!.candidate, events)) }))
  const [leader] = leads
  return leads.some(({ plain, weighted }, i) => i > 0 && !classes[i]!.explainedAway && weighted - leader!.weighted > leader!.plain - plain)
}

const quantile = (values: Float64Array, share: number): number => {
  const sorted = values.slice().sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}
