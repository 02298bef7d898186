import type { Candidate } from './candidate.ts'
import type { CandidateClass } from './candidate-classes.ts'
import type { CauseScan } from './cause-scan.ts'
import { oddsOf, strataOf } from './confounding.ts'
import { contrastsOf, splitOf } from './contrasts.ts'
import { binomialMidP, rateRatio, rateRatioInterval, smrInterval } from './exact-intervals.ts'
import { benjaminiHochberg, monteCarloP } from './false-discovery.ts'
import { holds, type LevelSet } from './level-sets.ts'
import { analysisParameters } from './parameters.ts'
import type { CandidateStatistics, RankedCandidate, SoftwareCheck } from './ranked-causes.ts'
import { checkSoftware } from './software-check.ts'
import { weightedCount } from './weighted-run.ts'

/** Records named with a candidate; the rest is found by its query. */
const namedRecords = 25

/** What the cases say of each software version among the candidates. */
export const softwareChecks = (scan: CauseScan, classes: readonly CandidateClass[]): Map<Candidate, SoftwareCheck> => {
  const { population: { projection }, baseline, events } = scan
  const versions = classes.flatMap(({ members }) => members.map(one => one.candidate)).filter(isVersion)
  return new Map(versions.map(candidate =>
    [candidate, checkSoftware({ projection, events, level: candidate.levels[0]!, cutOff: baseline.groups.cutOff, tested: versions.length })]))
}

const isVersion = (candidate: Candidate): boolean => candidate.kind === 'factor' && candidate.known && candidate.factors[0]!.dimension === 'software'

/** Classes whose first candidate is held against every small factor. */
const contrastedClasses = 3
/** Members of a class beside its first that are named. */
const namedMembers = 5

/** The first `maxCandidates` classes with their members as plain values, best first. */
export const reportCandidates = (options: {
  scan: CauseScan
  classes: readonly CandidateClass[]
  checks: ReadonlyMap<Candidate, SoftwareCheck>
  maxima: Float64Array
  maxCandidates: number
}): RankedCandidate[] => {
  const { scan, classes, checks, maxima, maxCandidates } = options
  const qValues = qValuesOf(scan, classes)
  const listed = classes
    .slice(0, maxCandidates)
    .flatMap(({ members, explainedAway }, classIndex) => members.slice(0, 1 + namedMembers).map(one => ({ ...one, classIndex, explainedAway })))
  return listed.map(({ candidate, overlap, classIndex, explainedAway }, index) => ({
    kind: candidate.kind,
    factors: candidate.factors,
    known: candidate.known,
    classIndex,
    overlap,
    statistics: statisticsOf(scan, candidate, monteCarloP(candidate.score, maxima), qValues.get(candidate)!),
    weighted: weightedCount(candidate, scan.events),
    software: checks.get(candidate) ?? null,
    explainedAway,
    split: rivalSplit(scan, listed, index),
    contrasts: overlap === 1 && classIndex < contrastedClasses ? contrastsOf(scan, candidate) : [],
    eventReports: eventsOn(scan, candidate.set),
    unaffectedVehicles: unaffectedOn(scan, candidate.set),
  }))
}

/** A member is held against the first of its class; the first of a class against the best candidate of another. */
const rivalSplit = (scan: CauseScan, listed: readonly { candidate: Candidate; classIndex: number }[], index: number): RankedCandidate['split'] => {
  const { candidate, classIndex } = listed[index]!
  const first = listed.findIndex(one => one.classIndex === classIndex)
  const rival = first < index ? first : listed.findIndex(one => one.classIndex !== classIndex)
  return rival < 0 ? null : { rival, ...splitOf(scan, candidate, listed[rival]!.candidate) }
}

const statisticsOf = (scan: CauseScan, candidate: Candidate, pValue: number, qValue: number): CandidateStatistics => {
  const { observed, expected, score, llr, set } = candidate
  const { events, baseline, population: { projection } } = scan
  return {
    observed, expected,
    smr: observed / expected,
    smrInterval: smrInterval(observed, expected),
    rateRatio: rateRatio(observed, expected, events.claims),
    rateRatioInterval: rateRatioInterval(observed, expected, events.claims),
    score,
    evidenceNats: llr,
    pValue, qValue,
    vehiclesAtRisk: set.vehicles,
    ...oddsOf(strataOf(projection, baseline.groups, events, set)),
  }
}

/** False-discovery rates over everything that was searched: levels, pairs of the beam and small dimensions, windows. */
const qValuesOf = (scan: CauseScan, classes: readonly CandidateClass[]): Map<Candidate, number> => {
  const { events, expectations: { known }, windows } = scan
  const candidates = classes.flatMap(({ members }) => members.map(one => one.candidate))
  const levels = [...known.values()].reduce((total, count) => total + count, 0)
  const small = [...known.values()].filter(count => count <= analysisParameters.smallDimension).reduce((total, count) => total + count, 0)
  const pool = small + analysisParameters.beam
  const pValues = candidates.map(({ observed, expected }) => binomialMidP(observed, events.claims, Math.min(1, expected / events.claims)))
  const q = benjaminiHochberg(pValues, Math.max(candidates.length, levels + (pool * (pool - 1)) / 2 + windows.searched))
  return new Map(candidates.map((candidate, i) => [candidate, Math.min(1, q[i]!)]))
}

const eventsOn = ({ events }: CauseScan, set: LevelSet): number[] => {
  const reports: number[] = []
  for (let i = 0; i < events.claims && reports.length < namedRecords; i++)
    if (holds(set, events.vehicle[i]!, events.at[i]!)) reports.push(events.report[i]!)
  return reports
}

const unaffectedOn = ({ events }: CauseScan, set: LevelSet): number[] => {
  const affected = new Set(events.vehicle)
  const found: number[] = []
  for (const vehicle of set.whole) {
    if (found.length === namedRecords) break
    if (!affected.has(vehicle)) found.push(vehicle)
  }
  return found
}
