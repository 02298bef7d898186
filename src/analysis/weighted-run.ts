import type { Candidate } from './candidate.ts'
import type { ClassEvents } from './class-events.ts'
import { holds } from './level-sets.ts'
import { sum } from './multiplicative-rates.ts'
import { scanLlr } from './scan-score.ts'

/** A candidate with its events weighed by repair result and certainty of the link: O_w = Σw, E_w = E·Σw/C. */
export type WeightedCount = { observed: number; expected: number; evidenceNats: number }

export const weightedCount = (candidate: Candidate, events: ClassEvents): WeightedCount => {
  const total = sum(events.weight)
  let observed = 0
  for (let i = 0; i < events.claims; i++) if (holds(candidate.set, events.vehicle[i]!, events.at[i]!)) observed += events.weight[i]!
  const expected = (candidate.expected * total) / events.claims
  return { observed, expected, evidenceNats: expected > 0 && expected < total ? scanLlr(observed, expected, total) : 0 }
}

/** Score of the weighted run: the same penalty for what was looked through. */
export const weightedScore = (candidate: Candidate, { evidenceNats }: WeightedCount): number => evidenceNats - (candidate.llr - candidate.score)
