import { scanLlr } from './scan-score.ts'

/** A level against the cars that are not on it, stratum by stratum. */
export type StratifiedEvidence = { ratio: number; llr: number; expectedWithout: number }

/** Time in which cars compare: events on the level and in all, expected events (in any unit) of the cars on it and of the others. */
export type ExposureStratum = { onLevel: number; events: number; inside: number; outside: number }

/**
 * Rate ratio θ of a level and its evidence, conditional on how many events each stratum brought: with p_s = θA/(θA + B) the log-likelihood is
 * Σ_s O_s ln p_s + (N_s − O_s) ln(1 − p_s). Whatever moves a whole stratum (age, season, a surge after press) cancels, nothing is carried over from
 * one stratum to another, and one in which every car or none is on the level says nothing.
 *
 * @param nullRatio θ0: what the level may differ by without being a cause.
 * @returns θ ≥ θ0 by Newton's method and ln L(θ) − ln L(θ0) in nats, 0 where the level shows no excess.
 * @see Breslow & Day 1987, section 5 (conditional analysis of grouped cohort data).
 */
export const stratifiedEvidence = (strata: readonly ExposureStratum[], nullRatio = 1): StratifiedEvidence => {
  const used = strata.filter(stratum => stratum.events > 0 && stratum.inside > 0 && stratum.outside > 0)
  const observed = used.reduce((sum, stratum) => sum + stratum.onLevel, 0)
  const share = ({ inside, outside }: ExposureStratum, theta: number): number => (theta * inside) / (theta * inside + outside)
  const expectedWithout = used.reduce((sum, stratum) => sum + stratum.events * share(stratum, nullRatio), 0)
  if (observed <= expectedWithout) return { ratio: nullRatio, llr: 0, expectedWithout }
  let beta = Math.log(nullRatio)
  for (let step = 0; step < 50; step++) {
    let [score, information] = [observed, 0]
    for (const stratum of used) {
      const p = share(stratum, Math.exp(beta))
      score -= stratum.events * p
      information += stratum.events * p * (1 - p)
    }
    const move = Math.max(-1, Math.min(1, score / Math.max(information, 1e-9)))
    beta = Math.max(0, Math.min(largestBeta, beta + move))
    if (Math.abs(move) < 1e-9 || beta === largestBeta) break
  }
  const logLikelihood = (theta: number): number =>
    used.reduce((sum, stratum) => {
      const p = share(stratum, theta)
      return sum + stratum.onLevel * Math.log(p) + (stratum.events - stratum.onLevel) * Math.log(1 - p)
    }, 0)
  return { ratio: Math.exp(beta), llr: Math.max(0, logLikelihood(Math.exp(beta)) - logLikelihood(nullRatio)), expectedWithout }
}

/** A ratio of 1,000: beyond it the others' events are none and the likelihood only creeps on. */
const largestBeta = Math.log(1_000)

/** The expectation at which O of C events carry this evidence: what ties a stratified result to the score and intervals of the other levels. */
export const equivalentExpectation = (observed: number, claims: number, llr: number): number => {
  let [low, high] = [1e-9, observed]
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2
    if (scanLlr(observed, middle, claims) > llr) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/**
 * The same with strata that differ by a Gamma(k, k) factor instead of freely: ℓ(θ, b) = O ln θ + C ln b − Σ_s (k + N_s) ln(k + b(θA_s + B_s)).
 *
 * Between the free strata (k → 0), which throw away what a period as a whole tells, and none (k → ∞), which takes every surge for the work of
 * whatever ran in it. A period with many events sets its own factor; one with few stays near the common rate.
 *
 * @param strata `inside` and `outside` in events expected at the common rate.
 * @param k strength of the common rate, in events.
 * @returns as `stratifiedEvidence`.
 * @see Lawless 1987 (negative multinomial regression).
 */
export const frailtyEvidence = (strata: readonly ExposureStratum[], k: number): StratifiedEvidence => {
  const observed = strata.reduce((sum, stratum) => sum + stratum.onLevel, 0)
  const claims = strata.reduce((sum, stratum) => sum + stratum.events, 0)
  const logLikelihood = (theta: number): { value: number; expected: number } => {
    const b = commonRate(strata, claims, k, theta)
    let [value, expected] = [observed * Math.log(theta) + claims * Math.log(b), 0]
    for (const { events, inside, outside } of strata) {
      const mass = k + b * (theta * inside + outside)
      value -= (k + events) * Math.log(mass)
      expected += ((k + events) * b * theta * inside) / mass
    }
    return { value, expected }
  }
  const without = logLikelihood(1)
  if (observed <= without.expected || claims === 0) return { ratio: 1, llr: 0, expectedWithout: without.expected }
  let [low, high] = [0, largestBeta]
  // The score O − E(θ) falls with θ: bisection finds where it is 0.
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2
    if (logLikelihood(Math.exp(middle)).expected < observed) low = middle
    else high = middle
  }
  const ratio = Math.exp((low + high) / 2)
  return { ratio, llr: Math.max(0, logLikelihood(ratio).value - without.value), expectedWithout: without.expected }
}

/** The common rate b that makes the strata expect as many events as there are. */
const commonRate = (strata: readonly ExposureStratum[], claims: number, k: number, theta: number): number => {
  let b = claims / Math.max(1e-12, strata.reduce((sum, { inside, outside }) => sum + theta * inside + outside, 0))
  for (let round = 0; round < 30; round++) {
    let expected = 0
    for (const { events, inside, outside } of strata) {
      const mass = theta * inside + outside
      expected += ((k + events) * b * mass) / (k + b * mass)
    }
    const change = claims / Math.max(expected, 1e-12)
    b *= change
    if (Math.abs(change - 1) < 1e-9) break
  }
  return b
}

/**
 * Expectation that carries a level's evidence, or what the others say where there is no excess.
 *
 * @param observed O of the level over all its time, C all events; null where no stratum compares.
 */
export const expectationOf = ({ llr, expectedWithout }: StratifiedEvidence, observed: number, claims: number): number | null => {
  if (expectedWithout === 0) return null
  return llr > 0 ? equivalentExpectation(observed, claims, llr) : Math.min(claims, Math.max(expectedWithout, observed))
}
