import type { Dimension } from '../domain/dimension.ts'
import type { Candidate } from './candidate.ts'
import { rankBesides, rankCandidates, type CauseScan } from './cause-scan.ts'
import { monteCarloP } from './false-discovery.ts'
import { isExplainedAway } from './fitted-rivals.ts'
import { jaccard } from './level-sets.ts'
import { analysisParameters } from './parameters.ts'

/** Candidates whose cars overlap so much that the fleet cannot tell them apart; the first speaks for the class. */
export type CandidateClass = { members: { candidate: Candidate; overlap: number }[]; pValue: number; explainedAway: boolean }

/** Members on as good as the same cars with as much evidence: the word for them is chosen by dimension, not by how many words its dimension has. */
const sameCars = 0.95
const sameEvidence = 0.5
/** What a quality engineer can act on first: a lot is quarantined, a supplier written to; a part number or a week only describes. */
const preferredDimensions: readonly Dimension[] = [
  'lot', 'software', 'supplier', 'part-number', 'condition', 'option', 'plant', 'service-center', 'model', 'model-year', 'trim', 'region', 'build-week',
]

/**
 * Candidates in classes of Jaccard > 0.6, best first; where a second cause stands beside the fitted first one, its class is the second.
 *
 * @param nullMaxima largest scores of the null replicates.
 */
export const classifyCandidates = (scan: CauseScan, nullMaxima: Float64Array): CandidateClass[] => {
  const ranked = rankCandidates(scan)
  const classes = grouped(withSecondCause(scan, ranked, nullMaxima)).map((members): CandidateClass => ({
    members, pValue: monteCarloP(members[0]!.candidate.score, nullMaxima), explainedAway: false,
  }))
  const leader = classes[0]?.members[0]?.candidate
  for (const one of classes.slice(1))
    one.explainedAway = isExplainedAway(one.members[0]!.candidate, leader!, scan.baseline, scan.events.claims, analysisParameters.tieMargin)
  return classes
}

const grouped = (ranked: readonly Candidate[]): CandidateClass['members'][] => {
  const classes: CandidateClass['members'][] = []
  for (const candidate of ranked) {
    const home = classes.map(members => ({ members, overlap: jaccard(members[0]!.candidate.set, candidate.set) })).find(one => one.overlap > analysisParameters.classJaccard)
    if (home) home.members.push({ candidate, overlap: home.overlap })
    else classes.push([{ candidate, overlap: 1 }])
  }
  return classes.map(plainestFirst)
}

/** Of members that say the same of the same cars, the one to act on speaks for the class. */
const plainestFirst = (members: CandidateClass['members']): CandidateClass['members'] => {
  const first = members[0]!.candidate
  const equal = members.filter(({ candidate, overlap }) => overlap >= sameCars && candidate.llr >= first.llr - sameEvidence && candidate.factors.length === first.factors.length)
  const chosen = equal.reduce((best, one) => (preference(one.candidate) < preference(best.candidate) ? one : best))
  return [chosen, ...members.filter(one => one !== chosen)].map(({ candidate }) => ({ candidate, overlap: candidate === chosen.candidate ? 1 : jaccard(chosen.candidate.set, candidate.set) }))
}

const preference = ({ factors }: Candidate): number => factors.reduce((total, { dimension }) => total + preferredDimensions.indexOf(dimension), 0)

/** The best candidate once the leader is taken as true, moved to the second place when it is significant. */
const withSecondCause = (scan: CauseScan, ranked: Candidate[], nullMaxima: Float64Array): Candidate[] => {
  const leader = ranked[0]
  if (!leader || !leader.known || monteCarloP(leader.score, nullMaxima) > analysisParameters.alpha) return ranked
  const second = rankBesides(scan, leader).find(one => one.known)
  if (!second || monteCarloP(second.score, nullMaxima) > analysisParameters.alpha) return ranked
  const isSecond = (one: Candidate): boolean => one.kind === second.kind && one.levels.join() === second.levels.join()
  const original = ranked.find(isSecond) ?? second
  return [leader, original, ...ranked.filter(one => one !== leader && one !== original)]
}

/** Score lead of the first class over the best one that it does not explain away; null without such a rival. */
export const marginOf = (classes: readonly CandidateClass[]): number | null => {
  const rivals = classes.slice(1).filter(one => !one.explainedAway).map(one => one.members[0]!.candidate.score)
  return classes[0] && rivals.length > 0 ? classes[0].members[0]!.candidate.score - Math.max(...rivals) : null
}
