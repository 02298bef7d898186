import { z } from 'zod'
import { ActionEfficacy, ActionTypeRecord } from './action-efficacy.ts'
import { InstantOrDay } from './instant.ts'
import { decisionVerdicts, SuggestionEvidence, SuggestionProvenance } from './suggestion.ts'

const maybe = z.string().nullable()

/** Body of `POST /v1/suggestions/{id}/decision`. */
export const DecideSuggestionRequest = z
  .strictObject({ verdict: z.enum(decisionVerdicts), reason: z.string().trim().max(2_000).optional(), edited: z.string().trim().min(1).max(20_000).optional() })
  .refine(({ verdict, edited }) => verdict !== 'edited' || edited !== undefined, { path: ['edited'], message: 'an edited suggestion needs its new words' })
export type DecideSuggestionRequest = z.infer<typeof DecideSuggestionRequest>

export const DecidedSuggestion = z.object({
  suggestionId: z.string(),
  issueId: maybe,
  status: z.enum(decisionVerdicts),
  by: z.string(),
  at: z.string(),
  /** The case that verified suggestions of the issue became. */
  caseId: maybe,
})
export type DecidedSuggestion = z.infer<typeof DecidedSuggestion>

/** Answer of `GET /v1/issues/{id}/8d`: what is known with its evidence, and the slots that wait for people. */
export const EightDDraftReply = z.object({
  issueId: z.string(),
  language: z.enum(['en', 'zh']),
  title: z.string(),
  subject: z.string(),
  asOf: z.string(),
  disciplines: z.array(
    z.object({
      discipline: z.string(),
      title: z.string(),
      entries: z.array(z.object({ text: z.string(), evidenceIds: z.array(z.string()), status: maybe, suggestionId: maybe })),
      emptySlots: z.array(z.object({ key: z.string(), text: z.string() })),
    }),
  ),
  evidence: z.array(SuggestionEvidence),
  provenance: SuggestionProvenance,
})
export type EightDDraftReply = z.infer<typeof EightDDraftReply>

/** Body of `POST /v1/actions/{id}/scope`. */
export const ActionScopeRequest = z.strictObject({ asOf: InstantOrDay.optional(), cars: z.int().min(0).max(100_000).optional() })

/** The cars an action touches, counted by the graph; `cars` lists them with their VIN for those who may see it. */
export const ActionScopeReply = z.object({
  actionId: z.string(),
  asOf: z.string(),
  stock: z.int(),
  inTransit: z.int(),
  atOutlet: z.int(),
  sold: z.int(),
  total: z.int(),
  cars: z.array(z.object({ vehicleId: z.string(), vin: maybe, model: maybe, modelYear: z.int().nullable(), state: z.string() })),
  cypher: z.string(),
  params: z.record(z.string(), z.unknown()),
})
export type ActionScopeReply = z.infer<typeof ActionScopeReply>

/** For an action of a past case its efficacy; for a suggestion, which has done nothing yet, that of the past actions it repeats. */
export const SuggestedEfficacyReply = z.object({ actionId: z.string(), suggested: z.literal(true), items: z.array(ActionEfficacy), record: ActionTypeRecord.nullable() })
export type SuggestedEfficacyReply = z.infer<typeof SuggestedEfficacyReply>
