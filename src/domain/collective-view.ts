import { z } from 'zod'
import { InstantOrDay } from './instant.ts'

const name = z.string().trim().min(1).max(200)
const count = z.int().min(0)
const maybe = z.string().nullable()

/** What problem is meant: an issue, a class (either side may be left out), or a text, whose surest finding counts. */
export const CollectiveRequest = z.strictObject({
  issueId: name.optional(),
  component: name.optional(),
  symptom: name.optional(),
  text: z.string().trim().min(1).max(20_000).optional(),
  model: name.optional(),
  asOf: InstantOrDay.optional(),
})
export type CollectiveRequest = z.infer<typeof CollectiveRequest>

/** Quartiles of what is known of the reports; `known` says how many tell it. */
export const Spread = z.object({ known: count, min: z.number(), p25: z.number(), median: z.number(), p75: z.number(), max: z.number() })
export type Spread = z.infer<typeof Spread>

/** Reports by level, most first; `unknown` is a level of its own. */
export const LevelCounts = z.array(z.object({ level: z.string(), reports: count }))

/**
 * Growth by day of receipt: reports of the last four weeks against the four before. The interval of the ratio is exact (Clopper–Pearson on the
 * share of the later window); `ratio` and the upper limit are null where they are infinite. `doublingWeeks` only where the interval excludes 1.
 */
export const Growth = z.object({
  recent: count,
  before: count,
  ratio: z.number().nullable(),
  interval: z.tuple([z.number(), z.number().nullable()]),
  verdict: z.enum(['growing', 'shrinking', 'not-told-apart', 'no-reports']),
  doublingWeeks: z.number().nullable(),
  /** The last twelve weeks, oldest first; each week ends with the day of the question. */
  weeks: z.array(z.object({ from: z.string(), reports: count })),
})
export type Growth = z.infer<typeof Growth>

/** Who else has a problem, since when, and how fast it grows. Counts are after duplicates: one event a car and thirty days. */
export const CollectiveView = z.object({
  subject: z.object({ component: maybe, symptom: maybe, model: maybe, issueId: maybe }),
  asOf: z.string(),
  reports: count,
  /** Reports that repeat another: the same one twice, or the same car within thirty days. */
  excludedDuplicates: count,
  /** Cars that are known by their number; reports without one count by themselves. */
  vehicles: count,
  withoutVehicle: count,
  since: z.string().nullable(),
  first: z.array(z.object({ recordId: z.string(), at: z.string(), receivedAt: z.string(), channel: z.string(), vehicleId: maybe, text: z.string() })),
  by: z.object({ channel: LevelCounts, region: LevelCounts, model: LevelCounts, modelYear: LevelCounts }),
  odometerKm: Spread.nullable(),
  monthsInService: Spread.nullable(),
  growth: Growth,
  /** Per 1,000 cars of the models concerned that were sold by then; null where no car is known. */
  perThousandCars: z.object({ cars: count, vehiclesReporting: count, rate: z.number() }).nullable(),
  /** What many of the cars share, against all cars that carry it: a hint, no analysis. */
  shared: z.array(z.object({ dimension: z.enum(['lot', 'software']), level: z.string(), supplier: maybe, carsReporting: count, carsCarrying: count, perThousand: z.number() })),
  /** The command that tests which of them explains the excess. */
  analyzeWith: z.string(),
  similarCases: z.array(z.object({ caseId: z.string(), title: z.string(), score: z.number(), rootCause: maybe })),
})
export type CollectiveView = z.infer<typeof CollectiveView>
