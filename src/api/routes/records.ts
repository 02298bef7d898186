import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { FishboneError } from '../../domain/error.ts'
import { recordSchemas } from '../../domain/record-kind.ts'
import type { TakeRecords } from '../../workflow/take-records.ts'
import type { JobTicket } from './feedback.ts'
import { FieldError } from '../problem.ts'
import { problems } from '../problem-responses.ts'
import { pointerOf, validateBySchema } from '../schema-errors.ts'
import { unknownFields } from '../unknown-fields.ts'

export type RecordRouteServices = { takeRecords: TakeRecords; followUp: () => Promise<JobTicket[]> }

/** Kinds that come without triage; feedback has a call of its own. */
export const recordRouteKinds = ['vehicles', 'cases', 'software-installs', 'telemetry-snapshots', 'repair-orders'] as const

const mostItems = 1_000
const bodyLimitBytes = 16 * 1024 * 1024

export const TakenRecordsReply = z.object({
  /** Records that were not there before. */
  accepted: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  /** A version received later was there already and stays; this one is kept beside it. */
  superseded: z.int(),
  rejected: z.array(z.object({ index: z.int(), errors: z.array(FieldError) })),
  warnings: z.array(FieldError),
})

const Batch = z.object({ items: z.array(z.unknown()).min(1).max(mostItems) })
const isBatch = (body: object): boolean => Object.hasOwn(body, 'items')

/** The records of a body, and where in it the first of them lies. @throws FB_INVALID for a body that is neither a record nor a batch. */
const recordsOf = (body: unknown): { items: unknown[]; at: (index: number) => string } => {
  if (typeof body === 'object' && body !== null && !Array.isArray(body) && !isBatch(body)) return { items: [body], at: () => '' }
  const parsed = Batch.safeParse(body)
  if (parsed.success) return { items: parsed.data.items, at: index => `/items/${index}` }
  throw new FishboneError('FB_INVALID', `send one record, or {"items": […]} of 1 to ${mostItems} records`, {
    details: { errors: parsed.error.issues.map(({ path, message }) => ({ pointer: pointerOf(path), message })) },
  })
}

const mostListed = 100

/** Sending records of the import contract: one, or up to a thousand. */
export const recordRoutes: FastifyPluginCallbackZod<{ services: RecordRouteServices }> = (app, { services }, done) => {
  for (const kind of recordRouteKinds) {
    const record: z.ZodType = recordSchemas[kind]
    app.post(
      `/${kind}`,
      {
        config: { role: 'contributor' },
        bodyLimit: bodyLimitBytes,
        schema: {
          tags: ['records'],
          summary: `Send ${kind.replace('-', ' ')}: one record, or {"items": […]} of up to ${mostItems}`,
          description: 'Each record is held against the import contract by itself; rejected names those that do not match. 422 when none matches. A field the contract does not know is named in warnings and not stored.',
          querystring: z.strictObject({}),
          body: z.union([record, z.object({ items: z.array(record).min(1).max(mostItems) })]),
          response: { 200: TakenRecordsReply, ...problems(400, 401, 403, 409, 413, 415, 422, 429, 500, 503) },
        },
        // Each record of a batch stands for itself: the schema of the body documents and does not refuse.
        validatorCompiler: ({ schema, httpPart }) => (httpPart === 'body' ? (value: unknown) => ({ value }) : validateBySchema({ schema, ...(httpPart !== undefined && { httpPart }) })),
      },
      async request => {
        const { items, at } = recordsOf(request.body)
        const taken = await services.takeRecords(kind, items)
        if (taken.rejected.length === items.length)
          throw new FishboneError('FB_INVALID', items.length === 1 ? 'the record does not match the import contract' : 'none of the records matches the import contract', {
            details: { errors: taken.rejected.flatMap(({ index, errors }) => errors.map(({ pointer, message }) => ({ pointer: `${at(index)}${pointer}`, message }))).slice(0, mostListed) },
          })
        const refused = new Set(taken.rejected.map(({ index }) => index))
        const warnings = items
          .flatMap((item, index) => (refused.has(index) ? [] : unknownFields(record, item).map(({ pointer, message }) => ({ pointer: `${at(index)}${pointer}`, message }))))
          .slice(0, mostListed)
        request.log.info({ kind, ...taken, rejected: taken.rejected.length }, 'records taken')
        if (kind === 'cases' && taken.accepted + taken.updated > 0) await services.followUp()
        return { ...taken, warnings }
      },
    )
  }
  done()
}
