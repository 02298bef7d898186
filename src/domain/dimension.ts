import { z } from 'zod'

/** Dimensions of a commonality analysis, spelled as in the contract. */
export const dimensions = [
  'lot', 'part-number', 'supplier', 'plant', 'build-week', 'model', 'model-year', 'trim', 'option', 'region', 'software',
  'service-center', 'condition',
] as const
export const Dimension = z.enum(dimensions)
export type Dimension = z.infer<typeof Dimension>

/** The level of a dimension that stands for "not known"; it takes events and exposure and is never named as a cause. */
export const unknownLevel = 'unknown'

const dayMs = 86_400_000

/** ISO 8601 week of a day, `2022-W10`: the week holds the year's Thursday. */
export const buildWeekOf = (day: string): string => {
  const date = new Date(`${day}T00:00:00Z`)
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * dayMs)
  const year = thursday.getUTCFullYear()
  const firstThursday = new Date(Date.UTC(year, 0, 4))
  const week = 1 + Math.round((thursday.getTime() - firstThursday.getTime()) / dayMs / 7 + (((firstThursday.getUTCDay() + 6) % 7) - 3) / 7)
  return `${year}-W${String(week).padStart(2, '0')}`
}

/** Monday and Sunday of a build week as `buildWeekOf` spells it. */
export const daysOfBuildWeek = (week: string): { from: string; to: string } => {
  const [year = '', number = ''] = week.split('-W')
  const fourth = Date.UTC(Number(year), 0, 4)
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * dayMs + (Number(number) - 1) * 7 * dayMs
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
  return { from: day(monday), to: day(monday + 6 * dayMs) }
}
