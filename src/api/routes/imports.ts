import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { FishboneError } from '../../domain/error.ts'
import { ImportResult } from '../../domain/import-result.ts'
import { recordKinds } from '../../domain/record-kind.ts'
import { publicFormats } from '../../ingest/readers/recognise-shape.ts'
import type { Spool } from '../../ingest/spool.ts'
import { importJob } from '../../jobs/job-kinds.ts'
import type { Jobs } from '../../jobs/jobs.ts'
import type { Audit } from '../audit.ts'
import { sendAgain } from '../plugins/idempotency.ts'
import { accepted, answerWithJob, WaitQuery } from '../long-work.ts'
import { problems } from '../problem-responses.ts'
import { mayActAs } from '../roles.ts'
import { validateBySchema } from '../schema-errors.ts'

export type ImportRouteServices = {
  jobs: Pick<Jobs, 'submit' | 'find' | 'waitFor'>
  spool: Pick<Spool, 'open'>
  /** Path of a file of refused lines; null where it is not there any more. */
  rejectsPath: (file: string) => Promise<string | null>
  newId: () => string
  audit: Audit
}

/** Larger than any import may be: the spool counts for itself and names the limit. */
const limits = { fileSize: 4 * 1024 ** 3, files: 50, fields: 10, fieldSize: 1_000, parts: 60, headerPairs: 50 }

const Kind = z.enum(recordKinds)
const Format = z.enum(publicFormats)
const flag = z.enum(['true', 'false']).transform(text => text === 'true')
const Fields = z.strictObject({ kind: Kind.optional(), format: Format.optional(), live: flag.optional() })
type Fields = z.infer<typeof Fields>

const streamTypes = ['application/x-ndjson', 'application/ndjson', 'application/jsonl', 'text/csv', 'text/tab-separated-values', 'text/plain', 'application/gzip', 'application/octet-stream']

/** Name of a stream that came without one: what it holds is told by its opening, its kind by the query. */
const streamName = (contentType: string | undefined, { kind, format }: Fields): string => `${kind ?? format ?? 'upload'}${contentType?.startsWith('application/gzip') ? '.ndjson.gz' : '.ndjson'}`

/** A fault of the stream that is neither ours nor the disk's is one of what was sent. */
const asSendersFault = (error: unknown): Error => {
  const code = (error as { code?: unknown }).code
  const isOurs = error instanceof FishboneError || (typeof code === 'string' && /^(FST_|ENOSPC|EACCES|EMFILE|EIO|EROFS|EDQUOT)/.test(code))
  return isOurs ? (error as Error) : new FishboneError('FB_BAD_JSON', 'the upload broke off, or is no multipart body', { cause: error })
}

type Upload = Awaited<ReturnType<Spool['open']>>

/** Of files and fields: a form of the same files with another `kind` asks for something else. */
const bodySha256 = (upload: Upload, { kind, format, live }: { kind: string | null; format: string | null; live: boolean }): string =>
  createHash('sha256').update([upload.sha256(), kind, format, live].join('\0')).digest('hex')

/** Takes the files and fields of a multipart body in the order they come. */
const takeParts = async (request: FastifyRequest, upload: Upload): Promise<Record<string, unknown>> => {
  const fields: Record<string, unknown> = {}
  for await (const part of request.parts({ limits })) {
    if (part.type === 'file') await upload.add(part.filename, part.file)
    else fields[part.fieldname] = part.value
  }
  return fields
}

const checkedFields = (given: Record<string, unknown>): Fields => {
  const checked = validateBySchema({ schema: Fields, httpPart: 'body' })(given)
  if ('error' in checked) throw checked.error
  return checked.value as Fields
}

/** Sending files: streamed to the data folder, loaded by a job. */
export const importRoutes: FastifyPluginAsyncZod<{ services: ImportRouteServices; closing: AbortSignal }> = async (app, { services, closing }) => {
  const { jobs, spool, rejectsPath, newId, audit } = services
  await app.register(multipart, { limits })
  app.addContentTypeParser(streamTypes, (_request, payload, done) => done(null, payload))

  const receive = async (request: FastifyRequest, upload: Upload, query: Fields): Promise<Fields> => {
    try {
      if (request.isMultipart()) {
        const fields = { ...query, ...checkedFields(await takeParts(request, upload)) }
        if (upload.files() === 0) throw new FishboneError('FB_INVALID', 'the form holds no file')
        return fields
      }
      await upload.add(streamName(request.headers['content-type'], query), request.body as Readable)
      return query
    } catch (error) {
      await upload.discard()
      throw asSendersFault(error)
    }
  }

  app.post(
    '/imports',
    {
      config: { role: 'contributor', isStreamed: true },
      schema: {
        tags: ['imports'],
        summary: 'Load files of the import contract or of public formats',
        description:
          'A multipart form of files named after their kind (vehicles.ndjson, feedback.csv, …, also .gz), with the fields kind, format and live; or one file as the body with ?kind= or ?format=. At most 2 GiB. History comes in quietly; live=true opens issues as for feedback that arrives now. The result names what was loaded and where the refused lines are.',
        consumes: ['multipart/form-data', 'application/x-ndjson'],
        querystring: WaitQuery.extend({ kind: Kind.optional(), format: Format.optional(), live: flag.optional() }),
        body: z.object({ kind: Kind.optional(), format: Format.optional(), live: z.enum(['true', 'false']).optional(), file: z.string().meta({ format: 'binary' }) }),
        response: { 200: ImportResult, ...accepted, ...problems(400, 401, 403, 409, 413, 415, 422, 429, 500, 503) },
      },
      validatorCompiler: ({ schema, httpPart }) => (httpPart === 'body' ? (value: unknown) => ({ value }) : validateBySchema({ schema, ...(httpPart !== undefined && { httpPart }) })),
    },
    async (request, reply) => {
      const { wait, ...query } = request.query
      if (request.headers['content-type'] === undefined) throw new FishboneError('FB_UNSUPPORTED_MEDIA_TYPE', 'send a multipart form, or the file itself as application/x-ndjson')
      const id = newId()
      const upload = await spool.open(id)
      const { kind = null, format = null, live = false } = await receive(request, upload, query)
      try {
        const answer = await app.claimIdempotencyKey(request, bodySha256(upload, { kind, format, live }))
        if (answer !== null) {
          await upload.discard()
          return sendAgain(reply, answer)
        }
        const job = await jobs.submit(importJob, { spool: id, kind, format, live }, { requestedBy: request.principal?.keyId ?? null, jobId: id })
        request.log.info({ jobId: job.jobId, kind, format, live }, 'import received')
        return await answerWithJob(job, { jobs, wait, reply, closing })
      } catch (error) {
        // Not kept as a job: nobody would ever read the files. Of a job that failed in time they wait for a retry.
        if ((await jobs.find(id).catch(() => null)) === null) await upload.discard()
        throw error
      }
    },
  )
  app.get(
    '/imports/:jobId/rejects/:file',
    {
      config: { role: 'contributor' },
      schema: {
        tags: ['imports'],
        summary: 'The refused lines of one file of an import, as NDJSON {line, errors, record}',
        description: 'For who sent the file, and for engineers. Refused lines are kept 30 days.',
        params: z.object({ jobId: z.string().min(1).max(200), file: z.coerce.number().int().min(0).max(1_000) }),
        querystring: z.strictObject({}),
        response: { 200: { description: 'One refused line a line', content: { 'application/x-ndjson': { schema: z.string() } } }, ...problems(401, 403, 404, 422, 429, 500, 503) },
      },
    },
    async (request, reply) => {
      const { jobId, file } = request.params
      const job = await jobs.find(jobId)
      const result = ImportResult.safeParse(job?.kind === importJob.kind ? job.result : undefined)
      const name = result.success ? result.data.files[file]?.rejectsFile : null
      const path = name ? await rejectsPath(name) : null
      if (job === null || path === null) throw new FishboneError('FB_NOT_FOUND', 'there are no refused lines of that import and file', { details: { jobId } })
      const { principal } = request
      if (principal === null || !(job.requestedBy === principal.keyId || mayActAs(principal.role, 'engineer')))
        throw new FishboneError('FB_FORBIDDEN', 'refused lines hold the records as they were sent: the role engineer is needed')
      await audit.saw(request, { action: 'rejects.read', subject: jobId })
      return reply.type('application/x-ndjson; charset=utf-8').send(createReadStream(path) as unknown as string)
    },
  )
}
