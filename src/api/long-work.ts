import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { errorTable, FishboneError } from '../domain/error.ts'
import type { ErrorCode } from '../domain/error.ts'
import { Job } from '../domain/job.ts'
import type { JobRecord } from '../domain/job.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { callerSignal } from './caller-signal.ts'

/** `?wait=SECONDS` of every call that begins a job. */
export const WaitQuery = z.strictObject({ wait: z.coerce.number().int().min(0).max(30).optional() })

/** The job as its caller may see it: without what was asked and by whom. */
export const shownJob = ({ request: _request, requestedBy: _requestedBy, availableAt: _availableAt, ...job }: JobRecord): Job => job

/** Documents the answer of a call whose work goes on. */
export const accepted = { 202: Job.describe('The work goes on: Location names the job. With ?wait=SECONDS the answer is 200 when it is done in time.') }

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorTable, code)

/** The error of a failed job, as the call itself would have given it. */
export const errorOfJob = ({ jobId, state, error }: Job): FishboneError => {
  if (state === 'cancelled') return new FishboneError('FB_CONFLICT', `job ${jobId} was cancelled`, { details: { jobId } })
  return new FishboneError(error && isErrorCode(error.code) ? error.code : 'FB_INTERNAL', error?.message ?? 'the job failed', { details: { jobId } })
}

/**
 * Answers a call that began a job: 200 with its result when it is done within `wait` seconds, else 202 with the job.
 *
 * @param closing aborts when the server is to stop: then nobody waits any longer.
 * @throws what the job failed with, when it failed in time.
 */
export const answerWithJob = async (job: JobRecord, { jobs, wait, reply, closing }: { jobs: Pick<Jobs, 'waitFor'>; wait: number | undefined; reply: FastifyReply; closing: AbortSignal }) => {
  const signal = AbortSignal.any([callerSignal(reply), closing])
  const latest = wait ? ((await jobs.waitFor(job.jobId, wait * 1_000, signal)) ?? job) : job
  if (latest.state === 'done') return reply.code(200).send(latest.result)
  if (latest.state === 'failed' || latest.state === 'cancelled') throw errorOfJob(latest)
  return reply.code(202).header('location', `/v1/jobs/${encodeURIComponent(job.jobId)}`).send(shownJob(latest))
}
