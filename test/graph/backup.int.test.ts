import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { runBackup, runRestore } from '../../src/composition/backup.ts'
import { readConfig } from '../../src/config.ts'
import { shortHash } from '../../src/domain/identifiers.ts'
import { createGraphCopy } from '../../src/graph/backup/graph-copy.ts'
import { createGraphClient } from '../../src/graph/client.ts'
import { migrate } from '../../src/graph/migrate.ts'
import { hashGraph } from '../../src/graph/records/graph-hash.ts'
import { createVinVault, loadVinKey } from '../../src/ingest/vin-vault.ts'
import { openTestGraph } from '../support/graph.ts'
import type { TestGraph } from '../support/graph.ts'
import { loadSmallGraph } from '../support/small-graph.ts'

let graph: TestGraph
let folder: string
let archive: string
beforeAll(async () => {
  const opened = await openTestGraph()
  await opened.close()
  // A restore refuses a graph that another Fishbone is connected to: this connection says that it is none.
  const client = createGraphClient({ ...opened, userAgent: 'test' })
  const anything = z.record(z.string(), z.unknown())
  const run: TestGraph['run'] = (cypher, params = {}) => client.all({ file: 'test', mode: 'WRITE', cypher, params: anything, row: anything, trusted: false, autoCommit: true, sample: {} }, params)
  graph = { ...opened, client, run, wipe: async () => void (await run('MATCH (n) WHERE NOT n:Migration DETACH DELETE n')), close: () => client.close() }
})
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fishbone-backup-'))
  archive = join(folder, 'one.backup')
  await loadSmallGraph(graph)
  const { seal, pseudonymOf } = createVinVault({ key: await loadVinKey({ dataDir: dataOf('here') }) })
  await graph.run('MATCH (v:Vehicle) SET v.id = $id, v.vinSealed = $sealed, v.count = toInteger(7), v.share = 7.0', { id: pseudonymOf('LJ1EEAUU0N7000001'), sealed: seal('LJ1EEAUU0N7000001') })
})
afterEach(() => rmSync(folder, { recursive: true }))
afterAll(async () => {
  await graph.run("MATCH (n:Migration {id: 'restore'}) DELETE n")
  await graph.wipe()
  await graph.close()
})

const openOther = async () => {
  const client = createGraphClient(graph)
  await client.ping()
  return client
}
const dataOf = (name: string) => join(folder, name)
const optionsOf = (dataDir: string) => ({
  config: readConfig({ NEO4J_URI: graph.uri, NEO4J_USER: graph.user, NEO4J_PASSWORD: graph.password, FISHBONE_DATA_DIR: dataDir, FISHBONE_CACHE_DIR: folder }),
  version: '0.1.0', now: () => new Date('2026-11-22T02:10:00.000Z'),
})
const backup = (path = archive) => runBackup(path, { withKeys: true }, optionsOf(dataOf('here')))
const restore = (to: string, flags: { replace?: boolean; withoutVinKey?: boolean } = {}) => runRestore(archive, { replace: false, withoutVinKey: false, ...flags }, optionsOf(dataOf(to)))

/** What an archive holds, whatever the internal ids: nodes with types of values and vectors, too. */
const contentOf = (path: string) => {
  const lines = gunzipSync(readFileSync(path)).toString().split('\n').filter(line => line.startsWith('{"key"') || line.startsWith('{"from"'))
  const nodes = new Map(lines.filter(line => line.startsWith('{"key"')).map(line => [(JSON.parse(line) as { key: string }).key, line.replace(/"key":"[^"]*"/, '')]))
  const text = lines.map(line => line.replace(/"(?:key|from|to)":"([^"]*)"/g, (found, key: string) => (found.startsWith('"key"') ? '' : (nodes.get(key) ?? 'lost'))))
  return createHash('sha256').update(text.map(line => [...line].sort().join('')).sort().join('\n')).digest('hex')
}

it('gives the same graph, data folder and key back, also where another graph was', async () => {
  const before = await hashGraph(graph.client)
  writeFileSync(join(dataOf('here'), 'keys.json'), '[]')
  expect(await backup()).toMatchObject({ nodes: before.nodes, relationships: before.relationships, files: 2, header: { writesHeld: false, vinKey: { in: 'archive' } } })
  await expect(restore('there')).rejects.toMatchObject({ code: 'FB_CONFLICT', message: expect.stringContaining('not empty') as string })
  await graph.run("MATCH (f:Feedback) DETACH DELETE f CREATE (:Symptom {id: 'later'})")
  expect(await restore('there', { replace: true })).toMatchObject({ nodes: before.nodes, closedVins: 0 })
  expect(await hashGraph(graph.client)).toEqual(before)
  expect(readFileSync(join(dataOf('there'), 'vin.key'))).toEqual(readFileSync(join(dataOf('here'), 'vin.key')))
  await backup(join(folder, 'two.backup'))
  expect(contentOf(join(folder, 'two.backup'))).toBe(contentOf(archive))
  expect(await migrate(graph.client)).toEqual([])
  await graph.wipe()
  expect(await restore('empty')).toMatchObject({ nodes: before.nodes })
  expect(await hashGraph(graph.client)).toEqual(before)
})

it('says that the VIN key is lost, and goes on without only when told', async () => {
  rmSync(join(dataOf('here'), 'vin.key'))
  expect((await backup()).header.vinKey).toEqual({ fingerprint: null, in: 'lost' })
  await expect(restore('there', { replace: true })).rejects.toMatchObject({ code: 'FB_VIN_KEY_INVALID' })
  expect(await restore('there', { replace: true, withoutVinKey: true })).toMatchObject({ closedVins: 1 })
  expect(await graph.run('MATCH (v:Vehicle) WHERE v.vinSealed IS NOT NULL RETURN v.id AS id')).toEqual([])
})

it('erases again whom the replaced graph knew to be erased', async () => {
  await graph.run("MATCH (f:Feedback) WITH f LIMIT 1 SET f.personRef = 'owner-17', f.text = 'smoke'")
  await backup()
  await graph.run("CREATE (:AuditEntry {id: 'a1', at: '2026-11-22T03:00:00.000Z', action: 'person.erase', subject: $subject})", { subject: `h_${shortHash('Person', 'owner-17')}` })
  expect(await restore('there', { replace: true })).toMatchObject({ erasuresKnown: 1, erasedAgain: 1 })
  expect(await graph.run("MATCH (f:Feedback) WHERE f.personRef = 'owner-17' OR f.text = 'smoke' RETURN f.id AS id")).toEqual([])
  expect(await graph.run("MATCH (a:AuditEntry {id: 'a1'}) RETURN a.action AS action")).toEqual([{ action: 'person.erase' }])
})

it('writes nothing of a damaged archive, and no Fishbone starts on what a restore left half done', async () => {
  await backup()
  const before = await hashGraph(graph.client)
  const bytes = readFileSync(archive)
  writeFileSync(archive, bytes.subarray(0, bytes.length - 20))
  await expect(restore('there', { replace: true })).rejects.toMatchObject({ code: 'FB_BACKUP_INVALID' })
  expect(await hashGraph(graph.client)).toEqual(before)
  await graph.run("CREATE (:Migration {id: 'restore', checksum: 'one.backup', appliedAt: ''})")
  await expect(migrate(graph.client)).rejects.toMatchObject({ code: 'FB_MIGRATION_INVALID', message: expect.stringContaining('--replace') as string })
  writeFileSync(archive, bytes)
  await expect(restore('there')).rejects.toMatchObject({ code: 'FB_CONFLICT', message: expect.stringContaining('cut short') as string })
  const other = await openOther()
  await expect(restore('there', { replace: true })).rejects.toMatchObject({ code: 'FB_CONFLICT', message: expect.stringContaining('another Fishbone') as string })
  await other.close()
  await restore('there', { replace: true })
  expect(await hashGraph(graph.client)).toEqual(before)
  expect(await migrate(graph.client)).toEqual([])
})

it('lets writes wait and reads go on while it holds, and tells that something was written', async () => {
  const copy = createGraphCopy({ client: graph.client, uri: graph.uri, user: graph.user, password: graph.password })
  const release = await copy.holdWrites()
  const start = await copy.position()
  let isWritten = false
  const writing = graph.run("MATCH (v:Vehicle) SET v.region = 'held'").then(() => (isWritten = true))
  await pause(300)
  expect(await graph.run('MATCH (v:Vehicle) RETURN count(v) AS cars')).toEqual([{ cars: 1 }])
  expect([isWritten, (await copy.position()) === start]).toEqual([false, true])
  await release()
  await writing
  expect(await copy.position()).not.toBe(start)
  expect(await graph.run("SHOW INDEXES YIELD name WHERE name STARTS WITH 'backup' RETURN name")).toEqual([])
  await copy.close()
})
