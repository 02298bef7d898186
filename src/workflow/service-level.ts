import { addWorkingHours } from '../domain/business-calendar.ts'
import type { BusinessCalendar } from '../domain/business-calendar.ts'

/** Hours from `receivedAt` to the first response and to the containment; those of the calendar where there is one, else every hour counts. */
export type ServiceLevel = { firstResponseHours: number; resolutionHours: number; calendar?: BusinessCalendar | null }

/** Instants by which an issue is to be answered and contained. */
export const dueInstants = (receivedAt: string, { firstResponseHours, resolutionHours, calendar = null }: ServiceLevel) => ({
  firstResponseAt: addWorkingHours(receivedAt, firstResponseHours, calendar),
  resolutionAt: addWorkingHours(receivedAt, resolutionHours, calendar),
})
