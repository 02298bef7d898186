const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]
const tiny = 1e-300
const epsilon = 1e-15

/**
 * Natural logarithm of the gamma function for x > 0 (relative error about 1e-14).
 *
 * @see Lanczos 1964, coefficients g = 7, n = 9.
 */
export const lnGamma = (x: number): number => {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x)
  const z = x - 1
  const t = z + 7.5
  const sum = lanczos.reduce((total, coefficient, i) => (i === 0 ? coefficient : total + coefficient / (z + i)), 0)
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum)
}

/** Derivative of `lnGamma` for x > 0: recurrence up to 6, then the asymptotic series. */
export const digamma = (x: number): number => {
  let shift = 0
  let y = x
  while (y < 6) {
    shift -= 1 / y
    y += 1
  }
  const inverse = 1 / (y * y)
  return shift + Math.log(y) - 0.5 / y - inverse * (1 / 12 - inverse * (1 / 120 - inverse * (1 / 252 - inverse / 240)))
}

/** Regularised lower incomplete gamma P(a, x), a > 0, x ≥ 0: series below a + 1, continued fraction above. */
export const gammaP = (a: number, x: number): number => {
  if (x <= 0) return 0
  if (!Number.isFinite(x)) return 1
  const scale = Math.exp(a * Math.log(x) - x - lnGamma(a))
  return x < a + 1 ? scale * gammaSeries(a, x) : 1 - scale * gammaFraction(a, x)
}

/** Upper tail 1 − P(a, x), without the loss of digits that the subtraction would bring. */
export const gammaQ = (a: number, x: number): number => {
  if (x <= 0) return 1
  if (!Number.isFinite(x)) return 0
  const scale = Math.exp(a * Math.log(x) - x - lnGamma(a))
  return x < a + 1 ? 1 - scale * gammaSeries(a, x) : scale * gammaFraction(a, x)
}

const gammaSeries = (a: number, x: number): number => {
  let term = 1 / a
  let sum = term
  for (let n = a + 1; Math.abs(term) > Math.abs(sum) * epsilon; n++) {
    term *= x / n
    sum += term
  }
  return sum
}

const gammaFraction = (a: number, x: number): number => {
  let b = x + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let h = d
  for (let i = 1; i < 10_000; i++) {
    const an = -i * (i - a)
    b += 2
    d = 1 / nonZero(an * d + b)
    c = nonZero(b + an / c)
    const delta = d * c
    h *= delta
    if (Math.abs(delta - 1) < epsilon) break
  }
  return h
}

const nonZero = (value: number): number => (Math.abs(value) < tiny ? tiny : value)

/**
 * Regularised incomplete beta I_x(a, b), a, b > 0, x in [0, 1]; the distribution function of Beta(a, b).
 *
 * @see Press et al., Numerical Recipes, 6.4 (modified Lentz).
 */
export const betaI = (x: number, a: number, b: number): number => {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b
}

const betaFraction = (x: number, a: number, b: number): number => {
  let c = 1
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1))
  let h = d
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / nonZero(1 + even * d)
    c = nonZero(1 + even / c)
    h *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nonZero(1 + odd * d)
    c = nonZero(1 + odd / c)
    const delta = d * c
    h *= delta
    if (Math.abs(delta - 1) < epsilon) break
  }
  return h
}

/** Smallest x in [low, high] with cdf(x) ≥ p, by bisection to the last bit that matters. */
export const invertCdf = (cdf: (x: number) => number, p: number, low: number, high: number): number => {
  let [a, b] = [low, high]
  for (let i = 0; i < 200 && b - a > 1e-13 * Math.max(1, Math.abs(a)); i++) {
    const middle = (a + b) / 2
    if (cdf(middle) < p) a = middle
    else b = middle
  }
  return (a + b) / 2
}

/** Quantile of Beta(a, b). */
export const betaQuantile = (p: number, a: number, b: number): number => invertCdf(x => betaI(x, a, b), p, 0, 1)

/** Quantile of Gamma(shape, rate 1). */
export const gammaQuantile = (p: number, shape: number): number => {
  let high = shape + 10
  while (gammaP(shape, high) < p) high *= 2
  return invertCdf(x => gammaP(shape, x), p, 0, high)
}

/** Quantile of the standard normal distribution, from that of the χ² with one degree of freedom; p in (0, 1). */
export const normalQuantile = (p: number): number => {
  const chiSquare = 2 * gammaQuantile(Math.abs(2 * p - 1), 0.5)
  return Math.sign(p - 0.5) * Math.sqrt(chiSquare)
}
