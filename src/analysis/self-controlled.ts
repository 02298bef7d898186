import type { Interval } from './exact-intervals.ts'

/** One case's time (weeks) and events inside the risk window and outside it. */
export type SelfControlledCase = { riskTime: number; baseTime: number; riskEvents: number; baseEvents: number }

export type SelfControlledFit = { beta: number; standardError: number; ratio: number; interval: Interval; llr: number }

const expand = (cases: readonly SelfControlledCase[], beta: number) => {
  let [logLikelihood, score, information] = [0, 0, 0]
  for (const { riskTime, baseTime, riskEvents, baseEvents } of cases) {
    const n = riskEvents + baseEvents
    const weight = riskTime * Math.exp(beta)
    const p = weight / (weight + baseTime)
    logLikelihood += riskEvents * Math.log(p) + baseEvents * Math.log(1 - p)
    score += riskEvents - n * p
    information += n * p * (1 - p)
  }
  return { logLikelihood, score, information }
}

/**
 * Self-controlled case series with one risk window and no age bands: each case is its own control.
 *
 * @returns null when all events lie on one side, where no finite estimate exists.
 * @see Whitaker et al. 2006.
 */
export const fitSelfControlled = (cases: readonly SelfControlledCase[]): SelfControlledFit | null => {
  const usable = cases.filter(one => one.riskTime > 0 && one.baseTime > 0 && one.riskEvents + one.baseEvents > 0)
  const risk = usable.reduce((sum, one) => sum + one.riskEvents, 0)
  const base = usable.reduce((sum, one) => sum + one.baseEvents, 0)
  if (risk === 0 || base === 0) return null
  let beta = 0
  for (let i = 0; i < 100; i++) {
    const { score, information } = expand(usable, beta)
    const step = score / information
    beta += Math.max(-3, Math.min(3, step))
    if (Math.abs(step) < 1e-12) break
  }
  const { logLikelihood, information } = expand(usable, beta)
  const standardError = 1 / Math.sqrt(information)
  const limit = (sign: number): number => Math.exp(beta + sign * 1.959963984540054 * standardError)
  return {
    beta,
    standardError,
    ratio: Math.exp(beta),
    interval: [limit(-1), limit(1)],
    llr: logLikelihood - expand(usable, 0).logLikelihood,
  }
}
