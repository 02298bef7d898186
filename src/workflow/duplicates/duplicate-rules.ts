import { z } from 'zod'
import { FishboneError } from '../../domain/error.ts'
import { pairFeatures } from './pair-feature-names.ts'

const words = z.array(z.string().min(1))
const Both = z.strictObject({ zh: words, en: words })
const share = z.number().gt(0).lt(1)
const Weights = z.strictObject({ bias: z.number(), weights: z.record(z.enum(pairFeatures), z.number()) })

/** `vocabulary/duplicates.json`: what a quality engineer may change about what counts as told twice. */
export const DuplicateRules = z.strictObject({
  /** Days two reports may lie apart: with the same distinctive words, nearly the same, the same few words, told again, one problem of one car, no car named. */
  days: z.strictObject({
    sameText: z.number().positive(), nearText: z.number().positive(), sameShortText: z.number().positive(), retelling: z.number().positive(), sameIssue: z.number().positive(),
    withoutVehicle: z.number().positive().max(7),
  }),
  /** Least Jaccard similarity of nearly equal texts. */
  jaccard: share,
  cosine: z.strictObject({
    /** Two texts are alike where their similarity lies above that of this share of random pairs of texts of the same two languages. */
    similar: share,
    /** Until there are so many pairs of two languages the defaults count. */
    fewestPairs: z.int().positive(),
    /** The similarities that these shares of random pairs stay below, by model (without precision) and pair of languages. */
    shares: z.array(share),
    defaults: z.record(z.string(), z.record(z.string(), z.array(share))),
  }),
  /** The chance that two reports of one car tell of one problem (`pair-chance.ts`), and what it decides. */
  pair: z.strictObject({
    withVectors: Weights,
    withoutVectors: Weights,
    /** Least chance of one report told again within `days.retelling`, and of one problem of one car within `days.sameIssue`; below `apart` nothing else ties the two. */
    limits: z.strictObject({ sameReport: share, sameIssue: share, apart: share }),
  }),
  detail: z.strictObject({
    /** Numbers with a unit or fault codes that must agree where no car is named. */
    sharedNumbersWithoutVehicle: z.int().positive(),
    /** Least likeness there, as a share of random pairs. */
    likenessWithoutVehicle: share,
    /** Numbers of one unit that lie further apart, as a share of the larger, contradict each other. */
    numberTolerance: share,
    odometerKm: z.number().positive(),
  }),
  similarKept: z.int().positive(),
  nearestAsked: z.int().min(1).max(200),
  units: z.record(z.string(), words),
  positions: z.record(z.string(), z.record(z.string(), Both)),
  notPositions: Both,
  /** Words that say when something happens. */
  conditions: z.record(z.string(), Both),
})
export type DuplicateRules = z.infer<typeof DuplicateRules>

/** @throws FB_VOCABULARY_INVALID, naming every key that is wrong. */
export const parseDuplicateRules = (input: unknown): DuplicateRules => {
  const parsed = DuplicateRules.safeParse(input)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`)
  throw new FishboneError('FB_VOCABULARY_INVALID', `duplicates.json does not match its schema: ${faults.slice(0, 5).join('; ')}`, { cause: parsed.error, details: { faults } })
}
