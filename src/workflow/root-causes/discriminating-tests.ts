import { analysisParameters } from '../../analysis/parameters.ts'
import type { RankedCandidate } from '../../analysis/ranked-causes.ts'
import { candidateWords, inspectionsOf, type Words } from './factor-words.ts'
import { fill, spell } from './wording.ts'

/**
 * What would tell a candidate from its rival: the cars that only one of them has, with their counts, and what to inspect of what it blames.
 *
 * @param list the engine's list, which `split.rival` points into.
 */
export const discriminatingTests = (candidate: RankedCandidate, list: readonly RankedCandidate[], words: Words): string[] => {
  const rival = candidate.split === null ? undefined : list[candidate.split.rival]
  const split = rival === undefined ? [] : [splitWords(candidate, rival, words)]
  // Nobody is sent to inspect what the split already speaks against.
  const isDecided = rival !== undefined && candidate.split!.probability >= 1 - analysisParameters.alpha && candidate.split!.own.vehicles > 0
  return isDecided ? split : [...split, ...inspectionsOf(candidate, words)]
}

/** The split of two candidates in words. */
export const splitWords = (candidate: RankedCandidate, rival: RankedCandidate, words: Words): string => {
  const { own, other, probability } = candidate.split!
  const names = { own: candidateWords(candidate, words).en, other: candidateWords(rival, words).en }
  const { evidence } = words.wording
  if (own.vehicles === 0 && other.vehicles === 0) return fill(evidence['noSplit'], names)
  return fill(evidence['split'], {
    ...names, ownVehicles: own.vehicles, ownObserved: own.observed, ownExpected: spell(own.expected), otherVehicles: other.vehicles,
    otherObserved: other.observed, otherExpected: spell(other.expected), leans: leanWords(probability, names, words),
  })
}

/** @param probability chance of at least as many events on the own side if neither mattered: near 1 where the rival's side has them. */
const leanWords = (probability: number, names: { own: string; other: string }, { wording: { evidence } }: Words): string => {
  const { alpha } = analysisParameters
  const leaning = probability <= alpha ? 'splitFor' : probability >= 1 - alpha ? 'splitAgainst' : 'splitOpen'
  return fill(evidence[leaning], { ...names, p: spell(probability) })
}
