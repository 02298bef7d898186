import { z } from 'zod'
import { actionTypes } from '../../domain/case.ts'
import { FishboneError } from '../../domain/error.ts'
import { causeKinds, type CauseKind } from './cause-kind.ts'

const Both = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) })
/** How well a type fits a kind of cause, 0 (not at all, also where it is absent) to 1. */
const Applicability = z.partialRecord(z.enum(causeKinds), z.number().min(0).max(1))
const shared = { label: Both, text: Both, cost: z.enum(['low', 'medium', 'high']), applicability: Applicability, verification: Both }

const ContainmentType = z.strictObject({
  ...shared,
  expiresAfterDays: z.int().min(1).max(365),
  /** Dimensions it takes hold of by itself; where a cause has one, the text names that factor alone. */
  scopeOf: z.array(z.string()),
  /** What it is done to: parts wherever they are, any car, or only cars not yet sold. Where there is none of them it stands behind the others. */
  touches: z.enum(['parts', 'cars', 'unsold']).default('cars'),
  /** Weight where the severity of the issue is 9 or 10. */
  safety: z.number().min(1).max(2).default(1),
})
const CorrectiveType = z.strictObject(shared)

/** The actions that may be proposed, as `vocabulary/actions.json` holds them. */
export const ActionCatalogue = z.strictObject({
  containment: z.partialRecord(z.enum(actionTypes), ContainmentType),
  corrective: z.partialRecord(z.enum(actionTypes), CorrectiveType),
})
export type ActionCatalogue = z.infer<typeof ActionCatalogue>

/** @throws FB_VOCABULARY_INVALID naming the key that does not fit. */
export const parseActionCatalogue = (input: unknown): ActionCatalogue => {
  const parsed = ActionCatalogue.safeParse(input)
  if (parsed.success) return parsed.data
  const first = parsed.error.issues[0]
  throw new FishboneError('FB_VOCABULARY_INVALID', `actions.json: ${first?.path.join('.') ?? ''}: ${first?.message ?? 'does not match its schema'}`, { cause: parsed.error })
}

/** What a member of a combination lends it: less than a cause of its own, as the other half limits it. */
const memberShare = 0.7

/** Applicability of a type to a cause: of its kind, and for a combination also of what its members lend it. */
export const applicabilityOf = (table: z.infer<typeof Applicability>, kind: CauseKind, members: readonly CauseKind[]): number =>
  Math.max(table[kind] ?? 0, ...(kind === 'pair' ? members.map(one => memberShare * (table[one] ?? 0)) : []))
