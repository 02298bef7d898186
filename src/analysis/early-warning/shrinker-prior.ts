import { lnMarginal, type ShrinkerPrior } from '../disproportionality.ts'

/** A cell of a report table, or several alike: `times` cells with this count and expectation. */
export type TableCell = { observed: number; expected: number; times?: number }

const starts: readonly ShrinkerPrior[] = [
  { a1: 0.2, b1: 0.1, a2: 2, b2: 4, p: 1 / 3 },
  { a1: 1, b1: 0.5, a2: 3, b2: 3, p: 0.1 },
  { a1: 0.5, b1: 0.5, a2: 10, b2: 10, p: 0.3 },
]

const logs = ({ a1, b1, a2, b2, p }: ShrinkerPrior): number[] => [Math.log(a1), Math.log(b1), Math.log(a2), Math.log(b2), Math.log(p / (1 - p))]

/** Bounds keep a component from collapsing to a point or to nothing on sparse tables. */
const priorOf = (point: readonly number[]): ShrinkerPrior => {
  const [a1, b1, a2, b2] = point.slice(0, 4).map(value => Math.exp(Math.min(5, Math.max(-5, value)))) as [number, number, number, number]
  return { a1, b1, a2, b2, p: 1 / (1 + Math.exp(-Math.min(7, Math.max(-7, point[4]!)))) }
}

/** −Σ ln marginal of the cells under a prior. */
export const priorLoss = (cells: readonly TableCell[], prior: ShrinkerPrior): number =>
  -cells.reduce((sum, { observed, expected, times = 1 }) => {
    const first = Math.log(prior.p) + lnMarginal(observed, prior.a1, prior.b1, expected)
    const second = Math.log(1 - prior.p) + lnMarginal(observed, prior.a2, prior.b2, expected)
    const most = Math.max(first, second)
    return sum + times * (most + Math.log(Math.exp(first - most) + Math.exp(second - most)))
  }, 0)

/**
 * Prior of the gamma-Poisson shrinker by maximum marginal likelihood, from several starts.
 *
 * @param cells all cells of the table with an expectation above 0, those without a report too.
 * @see DuMouchel 1999.
 */
export const fitShrinkerPrior = (cells: readonly TableCell[]): ShrinkerPrior => {
  const pooled = poolCells(cells)
  if (pooled.length === 0) return starts[0]!
  const fits = starts.map(start => minimise(point => priorLoss(pooled, priorOf(point)), logs(start)))
  return priorOf(fits.reduce((best, fit) => (fit.value < best.value ? fit : best)).point)
}

/** Cells of one count and nearly one expectation (within 5 %) are one cell, many times: most cells of a table are empty and alike. */
const poolCells = (cells: readonly TableCell[]): TableCell[] => {
  const pools = new Map<string, { observed: number; total: number; times: number }>()
  for (const { observed, expected, times = 1 } of cells) {
    if (expected <= 0) continue
    const key = `${observed}/${Math.round(Math.log(expected) / 0.05)}`
    const pool = pools.get(key) ?? { observed, total: 0, times: 0 }
    pools.set(key, pool)
    pool.total += expected * times
    pool.times += times
  }
  return [...pools.values()].map(({ observed, total, times }) => ({ observed, expected: total / times, times }))
}

type Vertex = { point: number[]; value: number }

/** Downhill simplex. @see Nelder & Mead 1965. */
const minimise = (loss: (point: readonly number[]) => number, start: readonly number[]): Vertex => {
  const at = (point: number[]): Vertex => ({ point, value: loss(point) })
  const simplex = [at([...start]), ...start.map((_, i) => at(start.map((value, j) => (i === j ? value + 0.7 : value))))]
  for (let step = 0; step < 400; step++) {
    simplex.sort((a, b) => a.value - b.value)
    const [best, worst] = [simplex[0]!, simplex.at(-1)!]
    if (worst.value - best.value < 1e-7 * (1 + Math.abs(best.value))) break
    const rest = simplex.slice(0, -1)
    const centre = start.map((_, i) => rest.reduce((sum, vertex) => sum + vertex.point[i]!, 0) / rest.length)
    const along = (factor: number): Vertex => at(centre.map((value, i) => value + factor * (worst.point[i]! - value)))
    const mirrored = along(-1)
    const better = mirrored.value < best.value ? along(-2) : mirrored.value < rest.at(-1)!.value ? mirrored : along(0.5)
    const kept = better.value < mirrored.value ? better : mirrored
    if (kept.value < worst.value) simplex[simplex.length - 1] = kept
    else for (let i = 1; i < simplex.length; i++) simplex[i] = at(simplex[i]!.point.map((value, j) => (value + best.point[j]!) / 2))
  }
  return simplex.sort((a, b) => a.value - b.value)[0]!
}
