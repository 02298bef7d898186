import type { Verdict } from '../../analysis/verdict.ts'

/** Most that a verdict lets any candidate be: a doubt that more evidence for one candidate cannot take away. */
const ceilings: Record<Verdict, number> = { 'cause-found': 0.97, tied: 0.8, 'insufficient-evidence': 0.4, 'no-tracked-cause': 0.2 }

/**
 * Orders candidates between analyses; not a probability (`calibrated: false`).
 *
 * confidence = ceiling(verdict) × (1 − p) × 1 / (1 + e^(−lead/2)): rises with the lead, falls with p, and is highest where the verdict is
 * `cause-found`. A lead of 0 halves it; without a rival the last factor is 1.
 *
 * @param options.lead score lead over the best rival class in nats, negative for the ones behind; null without a rival.
 * @param options.pValue Monte-Carlo p, in (0, 1].
 */
export const candidateConfidence = ({ verdict, pValue, lead }: { verdict: Verdict; pValue: number; lead: number | null }): number =>
  Math.round(ceilings[verdict] * (1 - pValue) * (lead === null ? 1 : 1 / (1 + Math.exp(-lead / 2))) * 1000) / 1000
