import { analysisParameters } from './parameters.ts'

/**
 * Rates of cells as a product of margins, r = r0 · a(months in service) · b(calendar) · m(model), each factor with a Gamma(k, k) prior:
 * factor = (N + k) / (E without the factor + k), in turn until they stand still.
 *
 * A rate a cell, shrunk by itself, would leave sixty events over hundreds of cells where they were: every cell at the overall rate, and a
 * surge or an early peak of failures unexplained. Margins of some twenty events each carry both.
 *
 * @param count events a cell; `time` exposure a cell, in any unit.
 * @returns events a unit of time, a cell; all 0 where there is no event.
 */
export const multiplicativeRates = (
  count: Float64Array,
  time: Float64Array,
  shape: { models: number; periods: number; bins: number },
): Float64Array => {
  const rates = new Float64Array(count.length)
  const [events, exposure] = [sum(count), sum(time)]
  if (events === 0 || exposure === 0) return rates
  const used = Int32Array.from(rates.keys()).filter(cell => time[cell]! > 0 || count[cell]! > 0)
  const margins = [
    createMargin(used, shape.bins, cell => cell % shape.bins),
    createMargin(used, shape.periods, cell => Math.floor(cell / shape.bins) % shape.periods),
    createMargin(used, shape.models, cell => Math.floor(cell / shape.bins / shape.periods)),
  ].filter(margin => margin.factor.length > 1)
  const expected = Float64Array.from(used, cell => (time[cell]! * events) / exposure)
  const observed = Float64Array.from(used, cell => count[cell]!)
  for (let round = 0; round < 12; round++) for (const margin of margins) settle(margin, observed, expected)
  used.forEach((cell, i) => {
    const factor = margins.reduce((product, margin) => product * margin.factor[margin.of[i]!]!, 1)
    rates[cell] = (events / exposure) * factor
  })
  return rates
}

type Margin = { of: Int32Array; factor: Float64Array; observed: Float64Array; expected: Float64Array }

const createMargin = (used: Int32Array, levels: number, of: (cell: number) => number): Margin => ({
  of: Int32Array.from(used, of),
  factor: new Float64Array(levels).fill(1),
  observed: new Float64Array(levels),
  expected: new Float64Array(levels),
})

/** Moves one margin's factors to where they belong given the others; `expected` holds all factors throughout. */
const settle = ({ of, factor, observed, expected }: Margin, counts: Float64Array, current: Float64Array): void => {
  observed.fill(0)
  expected.fill(0)
  for (let i = 0; i < of.length; i++) {
    observed[of[i]!]! += counts[i]!
    expected[of[i]!]! += current[i]!
  }
  const k = analysisParameters.shrinkEvents
  const change = factor.map((old, level) => (observed[level]! + k) / (expected[level]! / old + k) / old)
  for (let level = 0; level < factor.length; level++) factor[level]! *= change[level]!
  for (let i = 0; i < of.length; i++) current[i]! *= change[of[i]!]!
}

export const sum = (values: ArrayLike<number>): number => {
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i]!
  return total
}
