import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ActionEfficacy } from '../../domain/action-efficacy.ts'
import { FishboneError } from '../../domain/error.ts'
import { InstantOrDay } from '../../domain/instant.ts'
import { ActionScopeReply, ActionScopeRequest, DecidedSuggestion, DecideSuggestionRequest, EightDDraftReply, SuggestedEfficacyReply } from '../../domain/suggestion-calls.ts'
import type { Audit } from '../audit.ts'
import { callerSignal } from '../caller-signal.ts'
import { toCsv } from '../csv.ts'
import { preferredType, prefers } from '../preferred-type.ts'
import { problems } from '../problem-responses.ts'
import { mayActAs } from '../roles.ts'

export type SuggestionDecisionServices = {
  decideSuggestion: (suggestionId: string, decision: DecideSuggestionRequest, control: { by: string }) => Promise<DecidedSuggestion>
  draft8d: (issueId: string) => Promise<{ draft: EightDDraftReply; markdown: string; html: string }>
  actionScope: (actionId: string, request: { asOf?: string | undefined; cars?: number; withVins?: boolean }) => Promise<ActionScopeReply>
  /** Of an action of a past case, or of a suggestion: what the past actions did that it repeats. */
  efficacy: (actionId: string, control: { asOf?: string | undefined; signal?: AbortSignal }) => Promise<ActionEfficacy | SuggestedEfficacyReply>
  exportInstructionTuning: () => Promise<string>
  audit: Audit
}

const mostCars = 100_000
const ActionParams = z.object({ actionId: z.string().min(1).max(200) })

const scopeCsv = ({ cars }: ActionScopeReply): string =>
  toCsv(['vehicleId', 'vin', 'model', 'modelYear', 'state'], cars.map(({ vehicleId, vin, model, modelYear, state }) => [vehicleId, vin, model, modelYear, state]))

/** Deciding, and what comes of it: the 8D draft, the cars an action touches, what it did, examples to learn from. */
export const suggestionDecisionRoutes: FastifyPluginCallbackZod<{ services: SuggestionDecisionServices }> = (app, { services }, done) => {
  app.post(
    '/suggestions/:suggestionId/decision',
    {
      config: { role: 'engineer' },
      schema: {
        tags: ['suggestions'],
        summary: 'Say what a suggestion is worth; it moves later rankings',
        description: 'verified-by-repair also keeps the issue as a closed case with its cause and actions, found by the next like issue.',
        params: z.object({ suggestionId: z.string().min(1).max(200) }),
        querystring: z.strictObject({}),
        body: DecideSuggestionRequest,
        response: { 200: DecidedSuggestion, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503) },
      },
    },
    async request => {
      const { suggestionId } = request.params
      return services.audit.decided(request, { action: 'suggestion.decided', subject: suggestionId, detail: { verdict: request.body.verdict } }, () =>
        services.decideSuggestion(suggestionId, request.body, { by: request.principal?.keyId ?? '' }))
    },
  )
  app.get(
    '/issues/:issueId/8d',
    {
      config: { role: 'reader' },
      schema: {
        tags: ['suggestions'],
        summary: '8D draft D0–D8 with its evidence, and the slots that wait for people',
        description: 'Accept: text/markdown or text/html gives the page instead.',
        params: z.object({ issueId: z.string().min(1).max(200) }),
        querystring: z.strictObject({}),
        response: {
          200: { description: 'The draft', content: { 'application/json': { schema: EightDDraftReply }, 'text/markdown': { schema: z.string() }, 'text/html': { schema: z.string() } } },
          ...problems(401, 403, 404, 422, 429, 500, 503),
        },
      },
    },
    async (request, reply) => {
      const { draft, markdown, html } = await services.draft8d(request.params.issueId)
      const type = preferredType(request.headers.accept, ['text/markdown', 'text/html'])
      return type === 'application/json' ? draft : reply.type(`${type}; charset=utf-8`).send(type === 'text/html' ? html : markdown)
    },
  )
  app.post(
    '/actions/:actionId/scope',
    {
      config: {
        role: 'reader',
        sealed: { beforeAgain: request => services.audit.saw(request, { action: 'scope.read', subject: ActionParams.parse(request.params).actionId, detail: { again: true } }) },
      },
      schema: {
        tags: ['actions'],
        summary: 'The cars an action touches, by state; the list with VINs for engineers',
        description: 'Counted by the graph, which the answer names. The list (cars in JSON, or Accept: text/csv) is for engineers, and each look at it is logged; others are given counts, and 403 where they ask for CSV. At most 100,000 cars; a shorter table than all says so in its file name.',
        params: ActionParams,
        querystring: z.strictObject({}),
        body: ActionScopeRequest.nullish(),
        response: {
          200: { description: 'Counts, and cars where they may be seen', content: { 'application/json': { schema: ActionScopeReply }, 'text/csv': { schema: z.string() } } },
          ...problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503),
        },
      },
    },
    async (request, reply) => {
      const { actionId } = request.params
      const { asOf, cars = mostCars } = request.body ?? {}
      const withVins = request.principal !== null && mayActAs(request.principal.role, 'engineer')
      const asCsv = prefers(request.headers.accept, 'text/csv')
      // The table holds no counts: without its cars it would read as "none".
      if (asCsv && !withVins) throw new FishboneError('FB_FORBIDDEN', 'the list of cars is for the role engineer; the counts are in the answer as application/json')
      const scope = await services.actionScope(actionId, { asOf, cars: withVins ? cars : 0, withVins })
      if (scope.cars.length > 0) await services.audit.saw(request, { action: 'scope.read', subject: actionId, detail: { cars: scope.cars.length } })
      if (!asCsv) return scope
      // A table that was cut must not pass for the whole list of a recall.
      const name = scope.cars.length < scope.total ? `scope-first-${scope.cars.length}-of-${scope.total}` : 'scope'
      return reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${name}.csv"`).send(scopeCsv(scope))
    },
  )
  app.get(
    '/actions/:actionId/efficacy',
    {
      config: { role: 'reader' },
      schema: {
        tags: ['actions'],
        summary: 'Rate before and after an action with its interval, and recurrences',
        description: 'Of a suggestion, which has done nothing yet: what the past actions did that it repeats.',
        params: ActionParams,
        querystring: z.strictObject({ asOf: InstantOrDay.optional() }),
        response: { 200: z.union([ActionEfficacy, SuggestedEfficacyReply]), ...problems(401, 403, 404, 408, 422, 429, 500, 503) },
      },
    },
    ({ params: { actionId }, query: { asOf } }, reply) => services.efficacy(actionId, { asOf, signal: callerSignal(reply) }),
  )
  app.get(
    '/exports/instruction-tuning',
    {
      config: { role: 'engineer' },
      schema: {
        tags: ['suggestions'],
        summary: 'Suggestions that people took, edited or verified, as JSONL chat examples, redacted',
        querystring: z.strictObject({}),
        response: { 200: { description: 'One example a line', content: { 'application/jsonl': { schema: z.string() } } }, ...problems(401, 403, 422, 429, 500, 503) },
      },
    },
    async (request, reply) => {
      const lines = await services.exportInstructionTuning()
      await services.audit.saw(request, { action: 'instruction-tuning.exported', subject: 'suggestions' })
      return reply.type('application/jsonl; charset=utf-8').send(lines)
    },
  )
  done()
}
