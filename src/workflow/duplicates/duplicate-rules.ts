import { z } from 'zod'
import { FishboneError } from '../../domain/error.ts'

const words = z.array(z.string().min(1))
const Both = z.strictObject({ zh: words, en: words })
const share = z.number().gt(0).lt(1)

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
  /**
   * Least likeness of one event told again, as the share of random pairs of the same two languages that are less alike: both name one component; parts
   * of one system; in one nothing was recognised; each names another symptom of another system; else.
   */
  retelling: z.strictObject({ sameComponent: share, sameSystem: share, unread: share, otherProblem: share, otherwise: share }),
  /** Least likeness, in the same measure, of one problem of one car within `days.sameIssue` where in one text nothing was recognised. */
  sameIssue: z.strictObject({ unread: share }),
  detail: z.strictObject({
    /** Numbers with a unit or fault codes that must agree where no car is named. */
    sharedNumbersWithoutVehicle: z.int().positive(),
    /** Numbers of one unit that lie further apart, as a share of the larger, contradict each other. */
    numberTolerance: share,
    odometerKm: z.number().positive(),
  }),
  similarKept: z.int().positive(),
  nearestAsked: z.int().min(1).max(200),
  units: z.record(z.string(), words),
  positions: z.record(z.string(), z.record(z.string(), Both)),
  notPositions: Both,
})
export type DuplicateRules = z.infer<typeof DuplicateRules>

/** @throws FB_VOCABULARY_INVALID, naming every key that is wrong. */
export const parseDuplicateRules = (input: unknown): DuplicateRules => {
  const parsed = DuplicateRules.safeParse(input)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`)
  throw new FishboneError('FB_VOCABULARY_INVALID', `duplicates.json does not match its schema: ${faults.slice(0, 5).join('; ')}`, { cause: parsed.error, details: { faults } })
}
