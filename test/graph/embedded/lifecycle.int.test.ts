import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createGraphClient } from '../../../src/graph/client.ts'
import { isFree } from '../../../src/graph/embedded/free-port.ts'
import { commandLineOf } from '../../../src/graph/embedded/process-identity.ts'
import { readEmbeddedStatus, resetEmbeddedNeo4j, stopEmbeddedNeo4j } from '../../../src/graph/embedded/server-control.ts'
import { readServerRecord } from '../../../src/graph/embedded/server-record.ts'
import { startEmbeddedNeo4j } from '../../../src/graph/embedded/server.ts'
import type { EmbeddedOptions } from '../../../src/graph/embedded/server.ts'
import { storeFolders } from '../../../src/graph/embedded/store-folders.ts'
import { migrate } from '../../../src/graph/migrate.ts'
import { listAppliedMigrations } from '../../../src/graph/migration/queries.ts'
import { prepareNeo4j, resolveNeo4j } from '../../../src/graph/resolve-neo4j.ts'
import { testCacheDir } from '../../support/neo4j-global-setup.ts'

let folder: string
let dataDir: string
let options: EmbeddedOptions
let squatter: Server

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fishbone-lifecycle-'))
  dataDir = join(folder, 'data of 质量 部')
  const source = await prepareNeo4j({ cacheDir: testCacheDir() })
  if (source.kind !== 'embedded') throw new Error('the lifecycle is tested with the jars: Java 17 and Maven are needed')
  options = { dataDir, java: source.java, lib: source.lib, heapMb: 512, pageCacheMb: 64 }
  squatter = createServer()
})
afterAll(async () => {
  await stopEmbeddedNeo4j(dataDir)
  squatter.close()
  rmSync(folder, { recursive: true, force: true })
})

it('starts once for two at the same time, survives kill -9 with its data, and stops', { timeout: 400_000 }, async () => {
  const [one, two] = await Promise.all([startEmbeddedNeo4j(options), startEmbeddedNeo4j(options)])
  expect(one.pid).toBe(two.pid)
  expect([one.startedHere, two.startedHere].sort()).toEqual([false, true])
  expect(await readEmbeddedStatus(dataDir)).toMatchObject({ state: 'running', uri: one.uri })
  expect(commandLineOf(one.pid)).not.toContain(one.password)
  expect(statSync(join(dataDir, 'neo4j', 'password')).mode & 0o777).toBe(0o600)
  // HTTP opens a moment after Bolt.
  await expect.poll(async () => (await fetch(one.browserUrl)).status, { timeout: 30_000, interval: 200 }).toBe(200)

  const client = createGraphClient(one)
  const schema = join(folder, 'schema')
  mkdirSync(schema)
  writeFileSync(join(schema, 'V0001__parts.cypher'), 'CREATE CONSTRAINT part_id IF NOT EXISTS FOR (n:Part) REQUIRE n.id IS UNIQUE;')
  const applied = await Promise.all([migrate(client, { folder: schema }), migrate(client, { folder: schema })])
  expect(applied.flat()).toEqual(['V0001__parts.cypher'])

  process.kill(one.pid, 'SIGKILL')
  while (commandLineOf(one.pid) !== '') await pause(50)
  expect(await readEmbeddedStatus(dataDir)).toMatchObject({ state: 'stopped' })
  const startedAt = performance.now()
  await expect(client.all(listAppliedMigrations, {})).rejects.toMatchObject({ code: 'FB_GRAPH_UNAVAILABLE' })
  expect(performance.now() - startedAt).toBeLessThan(4_000)

  const again = await startEmbeddedNeo4j(options)
  expect(again).toMatchObject({ startedHere: true, uri: one.uri, password: one.password })
  // The same client, without a restart of its own.
  expect(await client.all(listAppliedMigrations, {})).toMatchObject([{ file: 'V0001__parts.cypher' }])
  await client.close()

  expect(await stopEmbeddedNeo4j(dataDir)).toBe('stopped')
  expect(await stopEmbeddedNeo4j(dataDir)).toBe('not-running')
  expect(commandLineOf(again.pid)).toBe('')
})

it('is found again on another port when its own was taken while it was down, and removes only its own when reset', { timeout: 300_000 }, async () => {
  const connection = await resolveNeo4j({ ...options, cacheDir: testCacheDir() })
  const client = createGraphClient({ ...connection, uri: () => connection.uri })
  await client.ping()
  const notices: string[] = []
  connection.keepRunning({ onNotice: message => notices.push(message), onError: error => notices.push(String(error)) })
  const [before, taken] = [connection.uri, Number(new URL(connection.uri).port)]
  const pidNow = () => readServerRecord(storeFolders(dataDir))!.pid!
  const pid = pidNow()
  process.kill(pid, 'SIGKILL')
  // Its sockets close a moment after its name is gone.
  while (!(await isFree(taken))) await pause(20)
  squatter.listen(taken, '127.0.0.1')
  await expect.poll(() => client.ping().then(() => 'up', () => 'down'), { timeout: 120_000, interval: 500 }).toBe('up')
  expect(connection.uri).not.toBe(before)
  expect(notices).toEqual(['Neo4j ended unasked and is started again', 'Neo4j answers again'])
  await client.close()

  const again = pidNow()
  writeFileSync(join(dataDir, 'vin.key'), 'kept')
  expect(await resetEmbeddedNeo4j(dataDir)).toBe(true)
  await connection.stop()
  expect(commandLineOf(again)).toBe('')
  expect(readFileSync(join(dataDir, 'vin.key'), 'utf8')).toBe('kept')
  expect(() => statSync(join(dataDir, 'neo4j', 'home'))).toThrow()
})

it('ends what it was starting when it is given up', { timeout: 60_000 }, async () => {
  const giveUp = new AbortController()
  const start = startEmbeddedNeo4j({ ...options, signal: giveUp.signal })
  await pause(1_000)
  giveUp.abort(new Error('given up'))
  await expect(start).rejects.toThrow('given up')
  expect(await readEmbeddedStatus(dataDir)).toMatchObject({ state: 'stopped' })
})

it('shows the last lines of a server that cannot start, and the way back', async () => {
  const java = join(folder, 'java')
  writeFileSync(java, '#!/bin/sh\necho "Error: could not reserve enough space for object heap"\nexit 1\n', { mode: 0o755 })
  const start = startEmbeddedNeo4j({ ...options, dataDir: join(folder, 'other'), java: { command: java, major: 17 } })
  const error = await start.catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'FB_NEO4J_SETUP' })
  expect((error as Error).message).toMatch(/object heap[\s\S]*fishbone neo4j reset/)
})

it('says which variable to set when the data folder cannot be made', async () => {
  mkdirSync(join(folder, 'full'))
  writeFileSync(join(folder, 'full', 'neo4j'), 'a file where the folder should be')
  const start = startEmbeddedNeo4j({ ...options, dataDir: join(folder, 'full') })
  await expect(start).rejects.toMatchObject({ code: 'FB_NEO4J_SETUP', message: expect.stringContaining('FISHBONE_DATA_DIR') as string })
})
