import { analysisParameters } from './parameters.ts'
import type { Dimension } from '../domain/dimension.ts'
import { detectionPower } from './scan-score.ts'
import type { LevelTable } from './level-table.ts'
import type { Projection } from './projection.ts'

export const verdicts = ['cause-found', 'tied', 'insufficient-evidence', 'no-tracked-cause'] as const
export type Verdict = (typeof verdicts)[number]

/**
 * Mean over dimensions of the share of their levels (of at most 60 % of exposure) that would have shown with a power of 0.8, had
 * they caused half the events.
 */
export const powerShare = (options: {
  projection: Projection
  table: LevelTable
  known: ReadonlyMap<Dimension, number>
  claims: number
  s95: number
}): number => {
  const { projection, table, known, claims, s95 } = options
  const total = table.mass.reduce((most, mass) => Math.max(most, mass), 0)
  const counts = new Map<Dimension, { powerful: number; all: number }>()
  projection.levels.forEach((level, index) => {
    const share = total === 0 ? 0 : table.mass[index]! / total
    if (!level.known || share === 0 || share > 0.6) return
    const { power } = detectionPower({ claims, share, levels: known.get(level.dimension) ?? 1, s95, causedShare: analysisParameters.causedShare })
    const count = counts.get(level.dimension) ?? { powerful: 0, all: 0 }
    counts.set(level.dimension, { powerful: count.powerful + (power >= 0.8 ? 1 : 0), all: count.all + 1 })
  })
  const shares = [...counts.values()].map(count => count.powerful / count.all)
  return shares.length === 0 ? 0 : shares.reduce((sum, share) => sum + share, 0) / shares.length
}

export type VerdictInput = {
  claims: number
  withoutExposure: number
  pValue: number | null
  powerShare: number
  leader: {
    known: boolean
    associationOnly: boolean
    score: number
    /** Whether comparing cars of the same model and build quarter leaves no association at all. */
    vanishesInStrata: boolean
  } | null
  /** Score lead over the best class that is neither the leader's nor explained away; null without a rival. */
  margin: number | null
  /** The run weighted by repair results has another leader. */
  weightedDisagrees: boolean
}

/** The four verdicts with the reason in one stable word each; wording is the reader's business. */
export const decideVerdict = (input: VerdictInput): { verdict: Verdict; reason: string } => {
  const { claims, withoutExposure, pValue, leader, margin } = input
  if (claims < analysisParameters.minClaims) return { verdict: 'insufficient-evidence', reason: 'too-few-claims' }
  if (withoutExposure > claims) return { verdict: 'insufficient-evidence', reason: 'exposure-unknown' }
  const isSignificant = pValue !== null && pValue <= analysisParameters.alpha
  if (!isSignificant || leader === null)
    return input.powerShare >= analysisParameters.powerShareMin
      ? { verdict: 'no-tracked-cause', reason: 'a-cause-of-half-would-show' }
      : { verdict: 'insufficient-evidence', reason: 'low-power' }
  if (!leader.known) return { verdict: 'insufficient-evidence', reason: 'unknown-level' }
  if (leader.associationOnly) return { verdict: 'insufficient-evidence', reason: 'association-only' }
  if (leader.vanishesInStrata) return { verdict: 'insufficient-evidence', reason: 'gone-in-strata' }
  if (input.weightedDisagrees) return { verdict: 'tied', reason: 'repair-results-disagree' }
  return margin === null || margin >= analysisParameters.tieMargin
    ? { verdict: 'cause-found', reason: 'leads-clearly' }
    : { verdict: 'tied', reason: 'rival-within-margin' }
}
