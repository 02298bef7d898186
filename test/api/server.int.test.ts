import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { analysisJob, importJob } from '../../src/jobs/job-kinds.ts'
import type { Jobs } from '../../src/jobs/jobs.ts'
import { projectRoot } from '../../src/project-root.ts'
import type { AcceptFeedback } from '../../src/workflow/accept-feedback.ts'
import { newSecret, signatureHeaders } from '../../src/workflow/webhooks/sign-message.ts'
import { analysis, bearer, buildTestApp, feedbackBody, secrets, triage } from './app-double.ts'
import { createEmptyServices } from './hostile-services.ts'

// Over a real socket: what a request is to the server only shows there.

const accepted = { feedbackId: 'hotline:F-1', issueId: 'ISS-1', issueIsNew: true, triage, isNew: true }
let app: Awaited<ReturnType<typeof buildTestApp>>

const listen = async (acceptFeedback: AcceptFeedback) => {
  app = await buildTestApp({ acceptFeedback })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

const post = (port: number, signal?: AbortSignal) =>
  fetch(`http://127.0.0.1:${port}/v1/feedback`, {
    method: 'POST',
    headers: { ...bearer('contributor'), 'content-type': 'application/json' },
    body: JSON.stringify(feedbackBody),
    signal: signal ?? null,
  })

afterEach(() => app.close())

describe('the signal of a call', () => {
  it('stays quiet while the caller waits', async () => {
    const aborted: (boolean | undefined)[] = []
    const port = await listen(async (_arrival, options) => {
      await new Promise(resolve => setTimeout(resolve, 100))
      aborted.push(options?.signal?.aborted)
      return accepted
    })
    expect((await post(port)).status).toBe(201)
    expect(aborted).toEqual([false])
  })

  it('aborts when the caller hangs up', async () => {
    let hungUp: Promise<unknown> | undefined
    const caller = new AbortController()
    const port = await listen((_arrival, options) => {
      hungUp = new Promise(resolve => options?.signal?.addEventListener('abort', resolve))
      return hungUp.then(() => accepted)
    })
    const call = post(port, caller.signal)
    await expect.poll(() => hungUp !== undefined).toBe(true)
    caller.abort()
    await expect(call).rejects.toThrow()
    await hungUp
  })
})

const raw = (port: number, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let answer = ''
    socket.on('data', chunk => (answer += chunk.toString()))
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })

describe('what never becomes a request', () => {
  it.each([
    ['headers over 16 KiB', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431, 'FB_HEADERS_TOO_LARGE'],
    ['no HTTP at all', 'good evening\r\n\r\n', 400, 'FB_BAD_JSON'],
  ])('is answered as a problem: %s', async (_what, bytes, status, code) => {
    const port = await listen(() => Promise.resolve(accepted))
    const answer = await raw(port, bytes)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))).toMatchObject({ status, code })
  })
})

/** The code blocks of docs/api.md of one language, in order. */
const examplesOf = (language: string): string[] =>
  [...readFileSync(join(projectRoot, 'docs/api.md'), 'utf8').matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(match => match[1]!)

describe('docs/api.md', () => {
  let address: string
  let folder: string
  let close: () => Promise<unknown>
  beforeEach(async () => {
    const empty = createEmptyServices()
    close = empty.close
    const { jobs } = empty.services as { jobs: Jobs }
    jobs.work(importJob, () => Promise.resolve({ outcome: 'loaded', files: [] }))
    jobs.work(analysisJob, () => Promise.resolve(analysis))
    app = await buildTestApp(empty.services)
    await app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = app.server.address() as { port: number }
    address = `http://127.0.0.1:${port}`
    folder = await mkdtemp(join(tmpdir(), 'fb-docs-'))
  })
  afterEach(async () => {
    await close()
    await rm(folder, { recursive: true, force: true })
  })
  const run = (command: string, args: string[]) =>
    promisify(execFile)(command, args, { cwd: folder, env: { ...process.env, FISHBONE_URL: address, FISHBONE_KEY: secrets.admin }, timeout: 50_000 })

  it('has curl examples that do what they say', async () => {
    const answers = []
    for (const example of examplesOf('bash').filter(text => text.includes('curl'))) answers.push(JSON.parse((await run('bash', ['-euc', example])).stdout) as Record<string, unknown>)
    expect(answers).toMatchObject([{ feedbackId: 'hotline:F-1' }, { accepted: 1, rejected: [] }, { outcome: 'loaded' }, { analysisId: 'ANA-1' }, { webhookId: 'WHK-hostile', secret: expect.stringMatching(/^whsec_/) as string }])
  })

  it('has a check of signatures that takes ours and no other', async () => {
    const example = examplesOf('ts').find(text => text.includes('isFromFishbone'))
    const file = join(folder, 'signature.mts')
    await writeFile(file, example!)
    const { isFromFishbone } = (await import(pathToFileURL(file).href)) as { isFromFishbone: (headers: Record<string, string>, body: string, secret: string, now: number) => boolean }
    const [secret, body, at] = [newSecret(), '{"id":"EVT-1"}', 1_700_000_000]
    const headers = signatureHeaders({ id: 'EVT-1', at, body }, secret)
    expect([isFromFishbone(headers, body, secret, at * 1_000), isFromFishbone(headers, `${body} `, secret, at * 1_000), isFromFishbone(headers, body, newSecret(), at * 1_000), isFromFishbone(headers, body, secret, (at + 301) * 1_000)])
      .toEqual([true, false, false, false])
  })

  it('has a TypeScript example that runs', async () => {
    const example = examplesOf('ts').find(text => text.includes('fishbone/client'))
    const file = join(folder, 'example.mts')
    await writeFile(file, example!.replace("'fishbone/client'", JSON.stringify(join(projectRoot, 'src/client.ts'))))
    const { stdout } = await run(process.execPath, ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href, file])
    expect(stdout).toBe('hotline:F-2 6 []\n0 similar cases\ninsufficient-evidence undefined\n')
  })
})
