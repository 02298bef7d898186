import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { hasDied, keepRunning } from '../../../src/graph/embedded/keep-running.ts'
import { writeServerRecord } from '../../../src/graph/embedded/server-record.ts'
import { storeFolders } from '../../../src/graph/embedded/store-folders.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'fishbone-keep-'))
  mkdirSync(join(dataDir, 'neo4j'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

// This process runs, and is no Neo4j of this folder: to Fishbone a server with its pid is gone.
const note = (pid: number | null, bolt = 7687) => writeServerRecord(storeFolders(dataDir), { pid, bolt, http: 7474, startedAt: '2026-11-22T02:10:00.000Z' })

it('tells a server that died from one that was stopped or never ran', () => {
  expect(hasDied(dataDir)).toBe(false)
  note(null)
  expect(hasDied(dataDir)).toBe(false)
  note(process.pid)
  expect(hasDied(dataDir)).toBe(true)
})

it('starts one that died again, tries again when that fails, and leaves a stopped one alone', async () => {
  note(process.pid)
  const start = vi.fn<() => Promise<void>>().mockRejectedValueOnce(new Error('no memory')).mockImplementationOnce(() => Promise.resolve(note(null)))
  const [onNotice, onError] = [vi.fn(), vi.fn()]
  const end = keepRunning({ dataDir, start, onNotice, onError, everyMs: 1, graceMs: 1 })
  await vi.waitFor(() => expect(onNotice).toHaveBeenLastCalledWith('Neo4j answers again'))
  await new Promise(done => setTimeout(done, 20))
  end()
  expect(start).toHaveBeenCalledTimes(2)
  expect(onError).toHaveBeenCalledOnce()
})

it('tells where a server is that another process started again elsewhere', async () => {
  note(null)
  const onMove = vi.fn()
  const end = keepRunning({ dataDir, start: () => Promise.resolve(), onNotice: () => undefined, onError: () => undefined, onMove, everyMs: 1, graceMs: 1 })
  await new Promise(done => setTimeout(done, 20))
  expect(onMove).not.toHaveBeenCalled()
  note(null, 40_687)
  await vi.waitFor(() => expect(onMove).toHaveBeenCalledWith(expect.objectContaining({ bolt: 40_687, http: 7474 })))
  await new Promise(done => setTimeout(done, 20))
  end()
  expect(onMove).toHaveBeenCalledOnce()
})
