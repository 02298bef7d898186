import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSpool, spoolNameOf } from '../../src/ingest/spool.ts'
import { importJob } from '../../src/jobs/job-kinds.ts'
import { auditInto, bearer, buildTestApp, createTestJobs } from './app-double.ts'

let dataDir: string
let close: (() => Promise<unknown>)[] = []
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fb-imports-'))
})
afterEach(async () => {
  for (const one of close) await one()
  close = []
  await rm(dataDir, { recursive: true, force: true })
})

const line = '{"vin":"LJ1EEAUU0N7700001","model":"ES8","builtOn":"2022-03-14"}\n'
const fileResult = (name: string, rejectsFile: string | null) => ({
  name, kind: 'vehicles', format: 'ndjson', read: 2, resumed: 0, created: 1, updated: 0, unchanged: 0, superseded: 0, rejected: 1, flags: {}, unknownFields: [], refused: null, seconds: 0.1,
  rejects: rejectsFile && '/v1/imports/JOB-1/rejects/0', rejectsFile,
})

/** Imports that read the files they were handed and say what was in them. */
const open = async (limitBytes = 1_000_000) => {
  const long = createTestJobs()
  const spool = createSpool({ dataDir, limitBytes })
  const ran: { files: Record<string, string>; request: unknown }[] = []
  long.jobs.work(importJob, async request => {
    const paths = await spool.paths(request.spool)
    ran.push({ files: Object.fromEntries(await Promise.all(paths.map(async path => [basename(path), await readFile(path, 'utf8')] as const))), request })
    return { outcome: 'some-refused', files: [fileResult('vehicles.ndjson', 'vehicles.ndjson.rejects.ndjson')] }
  })
  let serial = 0
  const audited: unknown[] = []
  const app = await buildTestApp({
    jobs: long.jobs, spool, newId: () => `JOB-${++serial}`, rejectsPath: file => Promise.resolve(join(dataDir, file)),
    audit: auditInto(audited),
  })
  close.push(() => app.close(), long.close)
  const form = (parts: [name: string, value: string, file?: string][], url = '/v1/imports?wait=5', headers: Record<string, string> = {}) => {
    const boundary = 'xxBOUNDARYxx'
    const body = parts.map(([name, value, file]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${file === undefined ? '' : `; filename="${file}"\r\ncontent-type: application/x-ndjson`}\r\n\r\n${value}\r\n`).join('') + `--${boundary}--\r\n`
    return app.inject({ method: 'POST', url, headers: { ...bearer('contributor'), 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers }, payload: body })
  }
  const stream = (query: string, payload: string, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url: `/v1/imports${query}`, headers: { ...bearer('contributor'), 'content-type': 'application/x-ndjson', ...headers }, payload })
  return { app, ran, audited, form, stream, jobs: long.jobs }
}

const spooled = () => readdir(join(dataDir, 'spool')).catch(() => [])

describe('POST /v1/imports', () => {
  it('takes the files of a form, with its fields, and answers with what was loaded', async () => {
    const { form, ran } = await open()
    const reply = await form([['live', 'true'], ['file', line, 'vehicles.ndjson'], ['file', 'x', '../../etc/feed back.csv']])
    expect(reply.statusCode).toBe(200)
    expect(reply.json()).toMatchObject({ outcome: 'some-refused', files: [{ name: 'vehicles.ndjson', rejects: '/v1/imports/JOB-1/rejects/0' }] })
    expect(ran).toEqual([{ files: { 'vehicles.ndjson': line, 'feed_back.csv': 'x' }, request: { spool: 'JOB-1', kind: null, format: null, live: true } }])
  })

  it('takes one stream of a kind, and answers 202 with the job', async () => {
    const { stream, ran, jobs } = await open()
    const reply = await stream('?kind=vehicles', line)
    expect(reply.statusCode).toBe(202)
    expect(reply.headers['location']).toBe('/v1/jobs/JOB-1')
    expect(reply.json()).toMatchObject({ jobId: 'JOB-1', kind: 'import' })
    await jobs.waitFor('JOB-1', 5_000)
    expect(ran).toMatchObject([{ files: { 'vehicles.ndjson': line }, request: { kind: 'vehicles', live: false } }])
  })

  it('keeps nothing of an upload that is too large, broken or empty', async () => {
    const { stream, form, app, ran } = await open(100)
    expect((await stream('?kind=vehicles', line.repeat(2))).json()).toMatchObject({ status: 413, code: 'FB_TOO_LARGE' })
    expect((await form([['file', line, 'vehicles.ndjson'], ['file', line, 'cases.ndjson']])).json()).toMatchObject({ status: 413, code: 'FB_TOO_LARGE' })
    expect((await form([['file', 'a', 'vehicles.ndjson'], ['file', 'b', 'vehicles.ndjson']])).json()).toMatchObject({ code: 'FB_INVALID' })
    expect((await form([['kind', 'vehicles']])).json()).toMatchObject({ code: 'FB_INVALID' })
    expect((await form([['kind', 'nonsense'], ['file', 'a', 'x.ndjson']])).json()).toMatchObject({ code: 'FB_INVALID', errors: [{ pointer: '/kind' }] })
    expect((await form([['mood', 'cross'], ['file', 'a', 'x.ndjson']])).json()).toMatchObject({ code: 'FB_INVALID', errors: [{ pointer: '/mood' }] })
    const torn = await app.inject({ method: 'POST', url: '/v1/imports', headers: { ...bearer('contributor'), 'content-type': 'multipart/form-data; boundary=b' }, payload: '--b\r\ncontent-disposition: form-data; name="f"; filename="vehicles.ndjson"\r\n\r\n{' })
    expect(torn.json()).toMatchObject({ status: 400, code: 'FB_BAD_JSON' })
    expect(await spooled()).toEqual([])
    expect(ran).toEqual([])
  })

  it('refuses kinds, formats and media types it does not know, and readers', async () => {
    const { stream } = await open()
    expect((await stream('?kind=tractors', line)).statusCode).toBe(422)
    expect((await stream('?format=excel', line)).statusCode).toBe(422)
    expect((await stream('?kind=vehicles&mood=1', line)).statusCode).toBe(422)
    expect((await stream('', line, { 'content-type': 'application/pdf' })).json()).toMatchObject({ code: 'FB_UNSUPPORTED_MEDIA_TYPE' })
    expect((await stream('?kind=vehicles', line, bearer('reader'))).statusCode).toBe(403)
  })

  it('begins one import for one Idempotency-Key, and refuses another file under it', async () => {
    const { stream, ran } = await open()
    const key = { 'idempotency-key': 'import-1' }
    const first = await stream('?kind=vehicles&wait=5', line, key)
    const again = await stream('?kind=vehicles&wait=5', line, key)
    expect(again.body).toBe(first.body)
    expect(ran).toHaveLength(1)
    expect((await stream('?kind=vehicles&wait=5', `${line}${line}`, key)).json()).toMatchObject({ code: 'FB_IDEMPOTENCY_MISMATCH' })
    expect(await spooled()).toEqual(['JOB-1'])
  })

  it('refuses the same file as another kind under one Idempotency-Key, and takes the order of the query for nothing', async () => {
    const { form, stream, ran } = await open()
    const key = { 'idempotency-key': 'import-2' }
    const first = await stream('?kind=feedback&live=true&wait=5', line, key)
    expect((await stream('?live=true&kind=feedback', line, key)).body).toBe(first.body)
    for (const query of ['?kind=vehicles&live=true', '?kind=feedback&live=false', '']) expect((await stream(query, line, key)).json()).toMatchObject({ code: 'FB_IDEMPOTENCY_MISMATCH' })
    const sent = (kind: string) => form([['kind', kind], ['file', line, 'x.ndjson']], '/v1/imports?wait=5', { 'idempotency-key': 'import-3' })
    expect((await sent('feedback')).statusCode).toBe(200)
    expect((await sent('vehicles')).json()).toMatchObject({ code: 'FB_IDEMPOTENCY_MISMATCH' })
    expect(ran).toHaveLength(2)
  })
})

describe('GET /v1/imports/{id}/rejects/{file}', () => {
  it('gives the refused lines to who sent the file and to engineers, and logs the look', async () => {
    const { form, app, audited } = await open()
    await writeFile(join(dataDir, 'vehicles.ndjson.rejects.ndjson'), '{"line":2}\n')
    await form([['file', line, 'vehicles.ndjson']])
    const read = (role: 'contributor' | 'engineer' | 'reader', file = '0') => app.inject({ url: `/v1/imports/JOB-1/rejects/${file}`, headers: bearer(role) })
    expect((await read('contributor')).body).toBe('{"line":2}\n')
    expect((await read('engineer')).headers['content-type']).toContain('application/x-ndjson')
    expect((await read('reader')).statusCode).toBe(403)
    expect((await read('engineer', '1')).statusCode).toBe(404)
    expect(audited).toEqual([1, 2].map(() => ({ action: 'rejects.read', subject: 'JOB-1' })))
  })
})

it('makes of any name a file of its folder', () => {
  expect(['vehicles.ndjson', '../../etc/passwd', '', '...', 'a b\0c', 'C:\\x\\feedback.csv'].map(spoolNameOf)).toEqual(['vehicles.ndjson', '_.._etc_passwd', 'upload', 'upload', 'a_b_c', 'C__x_feedback.csv'])
})
