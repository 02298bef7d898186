import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createModelProcess, type ModelProcess } from '../../../src/llm/embedding/model-process.ts'
import { projectRoot } from '../../../src/project-root.ts'

const calm = { urgent: false }
const unavailable = { code: 'FB_EMBEDDER_UNAVAILABLE' }

describe('createModelProcess', () => {
  let notes = ''
  let model: ModelProcess
  const warnings: object[] = []

  function open(mode = '', timing: { timeoutMs?: number; backOffMs?: number } = {}) {
    const modulePath = join(projectRoot, 'test/doubles/scripted-worker.mjs')
    const log = { info: () => undefined, warn: (details: object) => warnings.push(details) }
    model = createModelProcess({ modulePath, arguments: [notes, mode], execArgv: [], log, ...timing })
    return model
  }
  const lines = async (name: string) => (await readFile(join(notes, name), 'utf8').catch(() => '')).trim().split('\n').filter(line => line !== '')
  const isAlive = (pid: number) => {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  }

  beforeEach(async () => { notes = await mkdtemp(join(tmpdir(), 'fishbone-worker-')) })
  afterEach(async () => {
    await model.close()
    await rm(notes, { recursive: true, force: true })
    warnings.length = 0
  })

  it('starts the child at the first request and keeps it', async () => {
    open()
    expect(await lines('starts')).toHaveLength(0)
    const [even] = await model.request(['ab'], calm)
    expect([...even!]).toEqual([Math.fround(0.6), Math.fround(0.8)])
    await model.request(['abc'], calm)
    expect(await lines('starts')).toHaveLength(1)
  })

  it('says what is wanted', async () => {
    open()
    await model.request(['ab'], { ...calm, wanted: 'labels' })
    await model.request(['ab'], calm)
    expect(await lines('seen')).toEqual(['labels of ab', 'ab'])
  })

  it('starts it in the background when asked to', async () => {
    open().start()
    await expect.poll(() => lines('starts')).toHaveLength(1)
  })

  it('says that it loads until it can answer', async () => {
    open('loads-slowly')
    expect(model.isLoading()).toBe(false)
    model.start()
    expect(model.isLoading()).toBe(true)
    await model.request(['ab'], calm)
    expect(model.isLoading()).toBe(false)
  })

  it('starts it again when it dies while nobody asks, if it was started ahead of the first request', async () => {
    open('', { backOffMs: 10 }).start()
    await expect.poll(() => lines('starts')).toHaveLength(1)
    process.kill(Number((await lines('starts'))[0]), 'SIGKILL')
    await expect.poll(() => lines('starts')).toHaveLength(2)
    await expect(model.request(['ab'], calm)).resolves.toHaveLength(1)
  })

  it('starts it again when it dies and repeats the interrupted request once', async () => {
    open()
    const [interrupted, behind] = await Promise.all([model.request(['crash once'], calm), model.request(['abc'], calm)])
    expect(interrupted).toHaveLength(1)
    expect(behind).toHaveLength(1)
    expect(await lines('starts')).toHaveLength(2)
  })

  it('gives up on a request that kills it twice, refuses while it backs off, and comes back', async () => {
    open('', { backOffMs: 100 })
    await expect(model.request(['crash'], calm)).rejects.toMatchObject(unavailable)
    expect((await lines('seen')).filter(line => line === 'crash')).toHaveLength(2)
    await expect(model.request(['ab'], calm)).rejects.toMatchObject(unavailable)
    await expect.poll(() => model.request(['ab'], calm).then(found => found.length, () => 0)).toBe(1)
  })

  it.each(['cannot-load', 'dies-at-load'])('fails every request when the model %s', async mode => {
    open(mode)
    const both = await Promise.allSettled([model.request(['ab'], calm), model.request(['cd'], calm)])
    expect(both.map(one => (one as PromiseRejectedResult).reason as object)).toEqual([
      expect.objectContaining(unavailable), expect.objectContaining(unavailable),
    ])
    expect(warnings.length).toBeGreaterThan(0)
  })

  it('kills a child that does not answer in time', async () => {
    open('', { timeoutMs: 300 })
    await expect(model.request(['hang'], calm)).rejects.toMatchObject(unavailable)
    expect(await lines('starts')).toHaveLength(2)
  })

  it('passes on what the model could not do and goes on', async () => {
    open()
    await expect(model.request(['fail'], calm)).rejects.toMatchObject(unavailable)
    await expect(model.request(['ab'], calm)).resolves.toHaveLength(1)
  })

  it('takes urgent requests first, one at a time', async () => {
    open()
    const slow = model.request(['slow'], calm)
    await expect.poll(() => lines('seen')).toEqual(['slow'])
    await Promise.all([slow, model.request(['bulk'], calm), model.request(['question'], { urgent: true })])
    expect(await lines('seen')).toEqual(['slow', 'question', 'bulk'])
  })

  it('lets go of an aborted request: one waiting is never sent, one running finds nobody', async () => {
    open()
    const leave = new AbortController()
    const running = model.request(['slow'], { ...calm, signal: leave.signal })
    const waiting = model.request(['waiting'], { ...calm, signal: leave.signal })
    const other = model.request(['ab'], calm)
    await expect.poll(() => lines('seen')).toEqual(['slow'])
    const reason = new Error('the caller left')
    leave.abort(reason)
    await expect(running).rejects.toBe(reason)
    await expect(waiting).rejects.toBe(reason)
    await expect(model.request(['late'], { ...calm, signal: leave.signal })).rejects.toBe(reason)
    await other
    expect(await lines('seen')).toEqual(['slow', 'ab'])
  })

  it('ends the child when closed and refuses what is open and what comes', async () => {
    open()
    await model.request(['ab'], calm)
    const running = model.request(['hang'], calm)
    const refused = expect(running).rejects.toMatchObject(unavailable)
    await model.close()
    await refused
    await expect(model.request(['ab'], calm)).rejects.toMatchObject(unavailable)
    const [pid] = await lines('starts')
    expect(isAlive(Number(pid))).toBe(false)
  })
})
