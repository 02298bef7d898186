import { addWorkingHours } from '../../domain/business-calendar.ts'
import type { BusinessCalendar } from '../../domain/business-calendar.ts'
import type { ClockName } from '../../domain/issue-clock.ts'
import type { IssueRecord } from '../../graph/ports/issues.ts'

/** Hours of the clocks; `atRiskShare` of them may pass before a clock is at risk. */
export type ClockRules = { firstResponseHours: number; resolutionHours: number; atRiskShare: number; calendar: BusinessCalendar | null }

/** A clock that is due at or before this instant has less than its share of working hours left. */
export const riskHorizons = ({ firstResponseHours, resolutionHours, atRiskShare, calendar }: ClockRules, now: string): Record<ClockName, string> => ({
  'first-response': addWorkingHours(now, firstResponseHours * (1 - atRiskShare), calendar),
  resolution: addWorkingHours(now, resolutionHours * (1 - atRiskShare), calendar),
})

type Milestones = Pick<IssueRecord, 'firstResponseDueAt' | 'firstResponseAt' | 'resolutionDueAt' | 'resolvedAt'>

/** The clocks of an issue by name. */
export const clocksOf = (issue: Milestones): Record<ClockName, { dueAt: string; metAt: string | null }> => ({
  'first-response': { dueAt: issue.firstResponseDueAt, metAt: issue.firstResponseAt },
  resolution: { dueAt: issue.resolutionDueAt, metAt: issue.resolvedAt },
})
