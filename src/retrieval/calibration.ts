/** What scores a case usually gets: mean and standard deviation over texts that have nothing to do with it. */
export type Usual = { mean: number; deviation: number }

/** Sums over the background texts of one case and channel. */
export type Moments = { count: number; sum: number; sumOfSquares: number }

/** How much of the common deviation goes into each case's own: few texts, and their tails, say little about one case. */
const commonShare = 0.25
/** The common mean and deviation weigh as much as this many background texts. */
const priorTexts = 10
/** Below this deviation a score says nothing; keeps an empty case from standing out. */
const smallestDeviation = 1e-3

const meanOf = (moments: Moments): number => (moments.count === 0 ? 0 : moments.sum / moments.count)
const deviationOf = (moments: Moments): number =>
  moments.count === 0 ? 0 : Math.sqrt(Math.max(0, moments.sumOfSquares / moments.count - meanOf(moments) ** 2))

/**
 * What is usual over all cases, to lean on where a case's own background is thin.
 *
 * @param fallback is returned where there is no background at all.
 */
export function commonUsual(all: Iterable<Moments>, fallback: Usual): Usual {
  let cases = 0
  let mean = 0
  let deviation = 0
  for (const moments of all) {
    if (moments.count === 0) continue
    cases++
    mean += meanOf(moments)
    deviation += deviationOf(moments)
  }
  return cases === 0 ? fallback : { mean: mean / cases, deviation: Math.max(smallestDeviation, deviation / cases) }
}

/** A case's own moments, shrunk towards the common ones. */
export function usualOf(moments: Moments, common: Usual): Usual {
  const trust = moments.count / (moments.count + priorTexts)
  const deviation = (1 - commonShare) * deviationOf(moments) + commonShare * common.deviation
  return {
    mean: trust * meanOf(moments) + (1 - trust) * common.mean,
    deviation: Math.max(smallestDeviation, trust * deviation + (1 - trust) * common.deviation),
  }
}

/** Sums over scores; `NaN` is no score. */
export function momentsOf(scores: Iterable<number>): Moments {
  const moments: Moments = { count: 0, sum: 0, sumOfSquares: 0 }
  for (const score of scores) {
    if (Number.isNaN(score)) continue
    moments.count++
    moments.sum += score
    moments.sumOfSquares += score * score
  }
  return moments
}

/** Mean and deviation of scores, neither leaning on anything; a deviation is never too small to divide by. */
export function plainUsual(scores: Iterable<number>): Usual {
  const moments = momentsOf(scores)
  return { mean: meanOf(moments), deviation: Math.max(smallestDeviation, deviationOf(moments)) }
}

/** How unusual a score is for this case, in standard deviations. */
export const zScore = (score: number, usual: Usual): number => (score - usual.mean) / usual.deviation
