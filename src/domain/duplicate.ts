import { z } from 'zod'

/**
 * How two reports belong together: the same report twice, told again; the same problem of the same car; another car with a problem alike. Only
 * the first two leave the counts.
 */
export const duplicateRelations = ['duplicate-of', 'same-issue', 'similar'] as const
export const DuplicateRelation = z.enum(duplicateRelations)
export type DuplicateRelation = z.infer<typeof DuplicateRelation>

/** By what a relation was found, or two reports were kept apart. */
export const duplicateMethods = ['text-hash', 'near-text', 'same-event', 'same-class', 'same-component', 'embedding', 'position', 'person'] as const
export const DuplicateMethod = z.enum(duplicateMethods)
export type DuplicateMethod = z.infer<typeof DuplicateMethod>

/** One relation of a feedback to another as the API shows it, with who said so and since when. */
export const DuplicateLink = z.object({
  feedbackId: z.string(),
  relation: DuplicateRelation,
  /** In [0, 1]. */
  score: z.number(),
  reason: z.string(),
})
export type DuplicateLink = z.infer<typeof DuplicateLink>
