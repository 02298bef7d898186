import type { RankedCandidate, RankedCauses } from '../../analysis/ranked-causes.ts'

/** The candidate that speaks for a class of nearly the same cars, with the rest of the class. */
export type ClassCandidate = {
  first: RankedCandidate
  /** Place of the first in the engine's list, which splits refer to. */
  index: number
  members: RankedCandidate[]
}

/**
 * One candidate a class, in the engine's order. A level that is not known speaks for no cause and is left out; a known member then speaks for its
 * class.
 */
export const classCandidates = ({ candidates }: RankedCauses): ClassCandidate[] => {
  const classes = new Map<number, ClassCandidate>()
  candidates.forEach((candidate, index) => {
    if (!candidate.known) return
    const found = classes.get(candidate.classIndex)
    if (found) found.members.push(candidate)
    else classes.set(candidate.classIndex, { first: candidate, index, members: [] })
  })
  return [...classes.values()]
}
