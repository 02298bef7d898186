import type { FleetGrid } from './fleet-grid.ts'
import type { WarningStream } from './warning-streams.ts'

/** An event of a car in the grid. Weeks are those of the grid. */
export type GridEvent = { vehicle: number; stratum: number; eventWeek: number; reportWeek: number }

/** Events of a stream under exposure, and how many are not: unknown car, no build week, not yet sold, or reported after the cut-off. */
export const gridEventsOf = (grid: FleetGrid, stream: WarningStream): { events: GridEvent[]; withoutExposure: number } => {
  const events: GridEvent[] = []
  for (const { vehicle, at, receivedAt } of stream.events) {
    const stratum = vehicle < 0 ? -1 : grid.stratumOf[vehicle]!
    if (stratum < 0 || at >= grid.cutOff || receivedAt >= grid.cutOff) continue
    const [eventWeek, reportWeek] = [grid.weekOf(at), grid.weekOf(receivedAt)]
    if (eventWeek >= grid.sold[stratum]!) events.push({ vehicle, stratum, eventWeek, reportWeek })
  }
  return { events, withoutExposure: stream.events.length - events.length }
}
