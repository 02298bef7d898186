import { z } from 'zod'
import { FishboneError } from '../../domain/error.ts'
import type { AnalysisCandidate, RootCauseAnalysis } from '../../domain/root-cause-analysis.ts'

/** A calibration as `vocabulary/calibration/root-causes.json` holds it: where it was fitted, weights, and the threshold that came out. */
export const ConfidenceCalibration = z.strictObject({
  /** What it was fitted on, and the errors it made there. */
  fittedOn: z.string(),
  scenarios: z.int().min(0),
  intercept: z.number(),
  weights: z.strictObject({ lnScore: z.number(), lnMargin: z.number(), lnClaims: z.number() }),
  /** Confidence below which no cause is shown. */
  threshold: z.number().min(0).max(1),
})
export type ConfidenceCalibration = z.infer<typeof ConfidenceCalibration>

export type CalibrateConfidence = {
  /** Chance in [0, 1] that the first class is a true cause, for the leader; less for those behind it. */
  of(candidate: AnalysisCandidate, analysis: RootCauseAnalysis): number
  readonly threshold: number
  readonly isCalibrated: boolean
}

/** @throws FB_VOCABULARY_INVALID */
export const parseCalibration = (input: unknown): ConfidenceCalibration => {
  const parsed = ConfidenceCalibration.safeParse(input)
  if (parsed.success) return parsed.data
  throw new FishboneError('FB_VOCABULARY_INVALID', 'calibration/root-causes.json does not match its schema', { cause: parsed.error })
}

/** Scenarios from which on a fitted confidence is called a probability. */
const enoughScenarios = 200
/** A margin without a rival, and the most any margin counts. */
const widestMargin = 30

const logistic = (x: number): number => 1 / (1 + Math.exp(-x))

/** Logistic confidence of a leader by its score, its margin and the number of claims. */
export const leaderConfidence = ({ intercept, weights }: ConfidenceCalibration, { score, margin, claims }: { score: number; margin: number | null; claims: number }): number =>
  logistic(intercept + weights.lnScore * Math.log1p(Math.max(0, score)) + weights.lnMargin * Math.log1p(Math.max(0, Math.min(widestMargin, margin ?? widestMargin))) + weights.lnClaims * Math.log1p(claims))

/**
 * Confidence of statistical candidates. The leader's is fitted on planted fleets; one behind it is the leader's share by the odds of their scores, and
 * in a tie the members share what the class has.
 */
export const createConfidence = (calibration: ConfidenceCalibration): CalibrateConfidence => ({
  threshold: calibration.threshold,
  isCalibrated: calibration.scenarios >= enoughScenarios,
  of(candidate, analysis) {
    const leader = analysis.candidates.find(one => one.statistics !== null)
    if (candidate.statistics === null || leader?.statistics == null) return 0
    const whole = leaderConfidence(calibration, { score: leader.statistics.score, margin: analysis.margin, claims: analysis.affected.claims })
    const behind = Math.max(0, leader.statistics.score - candidate.statistics.score)
    return Math.round((candidate === leader || candidate.candidateId === leader.candidateId ? whole : whole * Math.exp(-behind / 2)) * 1000) / 1000
  },
})
