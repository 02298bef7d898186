import { z } from 'zod'
import { Instant } from './instant.ts'

/** The channels of the contract; any other word in kebab-case is allowed too. */
export const feedbackChannels = [
  'nomi', 'app', 'hotline', 'service-group', 'survey', 'community', 'complaint-platform', 'regulator',
] as const

export const FeedbackKey = z.object({
  channel: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a word in kebab-case, such as hotline or service-group').max(60),
  sourceId: z.string().trim().min(1).max(200),
})
export type FeedbackKey = z.infer<typeof FeedbackKey>

/** Import contract, kind `feedback`. `text` is what the person said, 1 to 20,000 characters. */
export const Feedback = FeedbackKey.extend({
  occurredAt: Instant,
  text: z.string().min(1).max(20_000).refine(text => text.trim().length > 0, 'must hold more than white space'),
  receivedAt: Instant.nullish(),
  vin: z.string().nullish(),
  make: z.string().trim().min(1).max(200).nullish(),
  model: z.string().trim().min(1).max(200).nullish(),
  modelYear: z.int().min(1900).max(2100).nullish(),
  odometerKm: z.number().nullish(),
  region: z.string().trim().min(1).max(200).nullish(),
  language: z.string().trim().min(1).max(20).nullish(),
  rating: z.int().min(1).max(5).nullish(),
  snapshotId: z.string().trim().min(1).max(200).nullish(),
  crash: z.boolean().nullish(),
  fire: z.boolean().nullish(),
  injuries: z.int().min(0).nullish(),
  sos: z.boolean().nullish(),
  responded: z.boolean().nullish(),
  personRef: z.string().trim().min(1).max(200).nullish(),
})
export type Feedback = z.infer<typeof Feedback>
