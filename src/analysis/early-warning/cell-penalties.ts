import type { FleetGrid } from './fleet-grid.ts'

/** Components that have suppliers among the cells. */
export const componentsOf = (grid: FleetGrid): string[] => [...new Set(grid.cells.flatMap(cell => cell.component ?? []))].sort()

/**
 * Nats by which a cell must lead to be looked at like the stream's own: suppliers of other components pay ln(number of components), so that the
 * many places where a cause is unlikely do not drown the few where it is likely. A stream without a component has no suppliers of its own.
 *
 * @param isRelated whether a supplier's component belongs to the stream's; by default the same one.
 */
export const cellPenalties = (
  grid: FleetGrid,
  component: string | null,
  isRelated: (supplied: string, component: string) => boolean = (supplied, own) => supplied === own,
): Float64Array => {
  const foreign = Math.log(Math.max(1, componentsOf(grid).length))
  return Float64Array.from(grid.cells, cell => (cell.component === null || (component !== null && isRelated(cell.component, component)) ? 0 : foreign))
}
