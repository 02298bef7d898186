import { z } from 'zod'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of day such as 09:00')
const day = z.iso.date()
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/**
 * Hours in which service-level clocks run. `offset` is the fixed distance of local time to UTC; `holidays` are days off, `workdays` days that
 * are worked though their weekday is not (as in China, when a holiday is made up for), with the hours of a Monday.
 */
export const BusinessCalendar = z
  .strictObject({
    offset: z.string().regex(/^[+-]\d{2}:\d{2}$/, 'such as +08:00'),
    hours: z.strictObject(Object.fromEntries(weekdays.map(name => [name, z.tuple([time, time]).nullable()])) as Record<(typeof weekdays)[number], z.ZodNullable<z.ZodTuple<[typeof time, typeof time]>>>),
    holidays: z.array(day),
    workdays: z.array(day),
  })
  .refine(({ hours }) => Object.values(hours).some(open => open !== null), 'at least one day of the week must be worked')
  .refine(({ hours }) => Object.values(hours).every(open => open === null || open[0] < open[1]), 'a day must end after it begins')
  .refine(({ hours, workdays }) => workdays.length === 0 || hours.monday !== null, 'workdays have the hours of a Monday, which must be worked')
export type BusinessCalendar = z.infer<typeof BusinessCalendar>

const hourMs = 3_600_000
const dayMs = 24 * hourMs

const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
const offsetMs = ({ offset }: BusinessCalendar): number => (offset.startsWith('-') ? -1 : 1) * minutesOf(offset.slice(1)) * 60_000

/** Working span of a local day, in local milliseconds; null for a day off. */
const spanOf = (calendar: BusinessCalendar, localDayMs: number): [number, number] | null => {
  const date = new Date(localDayMs).toISOString().slice(0, 10)
  if (calendar.holidays.includes(date)) return null
  const weekday = weekdays[(new Date(localDayMs).getUTCDay() + 6) % 7]!
  const open = calendar.workdays.includes(date) ? calendar.hours.monday : calendar.hours[weekday]
  return open && [localDayMs + minutesOf(open[0]) * 60_000, localDayMs + minutesOf(open[1]) * 60_000]
}

/**
 * The instant at which `hours` working hours have passed since `from`.
 *
 * @param calendar null: every hour of every day counts.
 */
export const addWorkingHours = (from: string, hours: number, calendar: BusinessCalendar | null): string => {
  if (calendar === null) return new Date(Date.parse(from) + hours * hourMs).toISOString()
  const shift = offsetMs(calendar)
  const start = Date.parse(from) + shift
  let leftMs = hours * hourMs
  for (let today = Math.floor(start / dayMs) * dayMs; ; today += dayMs) {
    const span = spanOf(calendar, today)
    if (span === null) continue
    const [opens, closes] = [Math.max(span[0], start), span[1]]
    if (closes <= opens) continue
    if (leftMs <= closes - opens) return new Date(opens + leftMs - shift).toISOString()
    leftMs -= closes - opens
  }
}
