import { z } from 'zod'
import { caseKinds } from './case.ts'
import { InstantOrDay } from './instant.ts'
import { CaseFacets } from './triage.ts'

/** Body of `POST /v1/cases/search`: at least one of text, dtcs, components and symptoms says what to look for. */
export const SearchCasesRequest = z.strictObject({
  text: z.string().max(20_000).optional(),
  dtcs: z.array(z.string().trim().min(1).max(20)).max(100).optional(),
  components: z.array(z.string().trim().min(1).max(200)).max(100).optional(),
  symptoms: z.array(z.string().trim().min(1).max(200)).max(100).optional(),
  vehicle: z
    .strictObject({
      vin: z.string().max(100).optional(),
      make: z.string().trim().min(1).max(200).optional(),
      model: z.string().trim().min(1).max(200).optional(),
      modelYear: z.int().min(1900).max(2100).optional(),
    })
    .optional(),
  asOf: InstantOrDay.optional(),
  kinds: z.array(z.enum(caseKinds)).max(10).optional(),
  limit: z.int().min(1).max(200).optional(),
  /** False: strictly by score. Otherwise, behind the best, a case unlike those above it goes before a near twin of one (true). */
  diverse: z.boolean().optional(),
})
export type SearchCasesRequest = z.infer<typeof SearchCasesRequest>

export const SimilarCaseAction = z.object({ actionType: z.string(), text: z.string().nullable(), effectiveFrom: z.string().nullable() })

/**
 * One past case, best first. `score` in [0, 1] compares between queries: of cases shown with a score, about that share were the right one on
 * public complaints (docs/decisions/2026-11-22-confirmed-texts-and-graph-walk.md has the table).
 */
export const SimilarCase = z.object({
  caseId: z.string(),
  title: z.string(),
  kind: z.enum(caseKinds).nullable(),
  score: z.number(),
  rank: z.int().min(1),
  facets: CaseFacets.extend({ channels: z.array(z.enum(['keyword', 'vector', 'graph'])) }),
  /** The complaint confirmed for the case that is closer to the question than the case's own words; null where those are closest. */
  matchedComplaint: z.string().nullable().optional(),
  rootCause: z.string().nullable(),
  containment: z.array(SimilarCaseAction),
  corrective: z.array(SimilarCaseAction),
  snippet: z.string(),
  dates: z.object({ openedAt: z.string().nullable(), closedAt: z.string().nullable() }),
})
export type SimilarCase = z.infer<typeof SimilarCase>

export const SearchCasesReply = z.object({
  items: z.array(SimilarCase),
  timings: z.record(z.string(), z.number()),
})
export type SearchCasesReply = z.infer<typeof SearchCasesReply>
