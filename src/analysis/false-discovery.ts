/**
 * Benjamini–Hochberg q values, in the order given: q_(k) = min over j ≥ k of p_(j) · m / j.
 *
 * @param tested m, all hypotheses looked at; those not given count as larger than any that is.
 * @see Benjamini & Hochberg 1995.
 */
export const benjaminiHochberg = (pValues: readonly number[], tested = pValues.length): number[] => {
  const order = pValues.map((_, i) => i).sort((x, y) => pValues[x]! - pValues[y]!)
  const q = new Array<number>(pValues.length)
  let least = 1
  for (let rank = order.length; rank >= 1; rank--) {
    const i = order[rank - 1]!
    least = Math.min(least, (pValues[i]! * tested) / rank)
    q[i] = least
  }
  return q
}

/** Monte-Carlo p of a maximum: (1 + replicates at or above the score) / (replicates + 1). */
export const monteCarloP = (score: number, nullMaxima: ArrayLike<number>): number => {
  let above = 0
  for (let i = 0; i < nullMaxima.length; i++) if (nullMaxima[i]! >= score) above++
  return (1 + above) / (nullMaxima.length + 1)
}
