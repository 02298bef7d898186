import type { Factor } from '../domain/fleet.ts'
import type { Interval } from './exact-intervals.ts'
import type { Verdict } from './verdict.ts'

/** Events, expectation and cars of some part of the fleet. */
export type Count = { observed: number; expected: number; vehicles: number }

/** O/E, rate against the rest and their exact intervals, as the API shows them. */
export type CandidateStatistics = {
  observed: number
  expected: number
  smr: number
  smrInterval: Interval
  /** `Infinity` where every event is on the level. */
  rateRatio: number
  rateRatioInterval: Interval
  score: number
  evidenceNats: number
  pValue: number
  qValue: number
  vehiclesAtRisk: number
  oddsRatioCrude: number
  oddsRatioStratified: number
  confounded: boolean
}

/** What the order of installs and events says of a software version. */
export type SoftwareCheck = {
  /** Self-controlled case series over the cases alone. */
  confirmation: 'confirmed' | 'not-confirmed' | 'not-estimable'
  incidenceRatio: number | null
  incidenceInterval: Interval | null
  /** Share of the version's cases whose first event of the class came at least a day after the install. */
  onsetShare: number | null
  associationOnly: boolean
}

/** Part of a candidate's cars that differ in one more factor, with the events the cause would bring there (`predicted`): fewer events there than the cause would bring speak against it. */
export type Contrast = { factor: Factor; count: Count; predicted: number; speaks: 'for' | 'against' | 'neither' }

/** One candidate as an analysis reports it: plain values, fit for another thread and for JSON. */
export type RankedCandidate = {
  kind: 'factor' | 'pair' | 'window'
  factors: Factor[]
  known: boolean
  /** Candidates of one class stand on nearly the same cars; the first of a class speaks for it. */
  classIndex: number
  /** Share of the cars on either that are on both this candidate and its class's first. */
  overlap: number
  statistics: CandidateStatistics
  /** The same count with events weighed by repair result and certainty of the link. */
  weighted: { observed: number; expected: number; evidenceNats: number }
  software: SoftwareCheck | null
  explainedAway: boolean
  /** Counts on the cars that only this candidate has and that only the first of its class (or, for a first, of the best class) has; null without such a rival. */
  split: { rival: number; own: Count; other: Count; probability: number } | null
  contrasts: Contrast[]
  /** Indexes into the reports given, of the events on the candidate, oldest first, at most 25. */
  eventReports: number[]
  /** Indexes of cars at risk without an event, at most 25. */
  unaffectedVehicles: number[]
}

export type RankedCauses = {
  verdict: Verdict
  /** Stable word: `too-few-claims`, `exposure-unknown`, `low-power`, `unknown-level`, `association-only`, `gone-in-strata`, `repair-results-disagree`, `rival-within-margin`, `a-cause-of-half-would-show`, `leads-clearly`. */
  reason: string
  claims: number
  affectedVehicles: number
  withoutExposure: number
  excludedDuplicates: number
  vehicles: number
  vehicleMonths: number
  /** Lead of the first class over the best rival that is not explained away, in nats. */
  margin: number | null
  powerShare: number
  s95: number | null
  /** Monte-Carlo replicates that were drawn. */
  replicates: number
  candidates: RankedCandidate[]
}
