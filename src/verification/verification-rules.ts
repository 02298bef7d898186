import { z } from 'zod'
import { FishboneError } from '../domain/error.ts'

const words = z.array(z.string().min(1))
const Both = z.strictObject({ en: words, zh: words })

/** The words by which a sentence is read, as `vocabulary/verification.json` holds them. */
export const VerificationRules = z.strictObject({
  /** Spellings of a unit after a number, and the units of evidence values it may stand for. */
  units: z.array(z.strictObject({ accepts: words, en: words, zh: words })),
  /** Words that are a number by themselves: `twice` 2, `一半` 0.5. */
  multiples: z.record(z.string(), z.number()),
  vague: z.strictObject({
    /** Quantities that no value can equal: `dozens`, `几十`. */
    refused: words,
    /** Hold where a cited share is above one half, below one half, 1 and 0. */
    majority: words,
    minority: words,
    all: words,
    none: words,
  }),
  /** Phrases in which a number word counts nothing: `one of the`, `万一`. */
  exemptNumberPhrases: words,
  causalVerbs: Both,
  /** Directly before a causal verb they deny it. */
  negators: Both,
  /** Look like a denial and are none. */
  notOnly: words,
  modals: Both,
  /** Terms of the trade that name no part and no symptom, though the linker reads one in them. */
  ordinaryTerms: words,
  /** What no sentence over evidence speaks of: fields that rules decide, secrets, orders to a model. */
  forbiddenTopics: words,
  /** A name is expected after these. */
  nameCues: Both,
  /** What may follow a Chinese cue that is no name. */
  nameFollowers: words,
  allowedCapitals: words,
  /** Words a sentence may begin with and a cue may be followed by. */
  commonWords: words,
})
export type VerificationRules = z.infer<typeof VerificationRules>

/** @throws FB_VOCABULARY_INVALID */
export const parseVerificationRules = (input: unknown): VerificationRules => {
  const parsed = VerificationRules.safeParse(input)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`)
  throw new FishboneError('FB_VOCABULARY_INVALID', `verification.json does not match its schema: ${faults.slice(0, 5).join('; ')}`, { cause: parsed.error, details: { faults } })
}
