import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { stopEmbeddedNeo4j } from '../../../src/graph/embedded/server-control.ts'
import { readServerRecord, runningRecord, writeServerRecord } from '../../../src/graph/embedded/server-record.ts'
import { makeStoreFolders } from '../../../src/graph/embedded/store-folders.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'fishbone-record-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

const record = { bolt: 17687, http: 17474, startedAt: '2026-11-22T00:00:00.000Z' }

it('remembers the ports of a server that is gone', () => {
  const folders = makeStoreFolders(dataDir)
  writeServerRecord(folders, { ...record, pid: null })
  expect(readServerRecord(folders)).toEqual({ ...record, pid: null })
  expect(runningRecord(folders)).toBeNull()
})

it('never takes a reused pid for the server, nor ends it', async () => {
  const folders = makeStoreFolders(dataDir)
  writeServerRecord(folders, { ...record, pid: process.pid })
  expect(runningRecord(folders)).toBeNull()
  expect(await stopEmbeddedNeo4j(dataDir)).toBe('not-running')
})

it.each(['', '{"pid":', '[]', '{"pid":"1","bolt":1,"http":2,"startedAt":""}'])('takes the broken record %j for none', text => {
  const folders = makeStoreFolders(dataDir)
  writeFileSync(folders.recordFile, text)
  expect(readServerRecord(folders)).toBeNull()
})
