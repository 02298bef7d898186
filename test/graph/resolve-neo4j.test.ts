import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { libraryFolder } from '../../src/graph/embedded/release.ts'
import { prepareNeo4j, resolveNeo4j } from '../../src/graph/resolve-neo4j.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fishbone-resolve-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const command = (name: string, script: string) => writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })

it('takes a given address as it is and never stops what it did not start', async () => {
  const given = { uri: 'neo4j+s://graph.example', user: 'me', password: 'secret' }
  const connection = await resolveNeo4j({ given, dataDir: folder, cacheDir: folder, env: { PATH: '/nowhere' } })
  expect(connection).toMatchObject({ ...given, browserUrl: null, ownedByUs: false })
  await connection.stop()
})

it('says in one message what is missing and the three ways to a Neo4j', async () => {
  const error = await prepareNeo4j({ cacheDir: folder, env: { PATH: '/nowhere' } }).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'FB_NEO4J_SETUP', details: { missing: ['no java on the PATH', 'no Docker engine answers'] } })
  for (const way of ['Maven', 'NEO4J_URI', 'Docker']) expect((error as Error).message).toContain(way)
})

it('names a Java that is too old', async () => {
  command('java', 'echo \'openjdk version "11.0.2"\' >&2')
  const prepared = prepareNeo4j({ cacheDir: folder, env: { PATH: folder } })
  await expect(prepared).rejects.toMatchObject({ details: { missing: [expect.stringContaining('Java 11, too old'), expect.anything()] } })
})

it('needs no Maven once the jars are there', async () => {
  command('java', 'echo \'openjdk version "21.0.2"\' >&2')
  mkdirSync(libraryFolder(folder), { recursive: true })
  const source = await prepareNeo4j({ cacheDir: folder, env: { PATH: folder } })
  expect(source).toMatchObject({ kind: 'embedded', java: { command: 'java', major: 21 }, lib: libraryFolder(folder) })
})

it('goes to Docker when there is no Java and an engine answers', async () => {
  command('docker', 'echo 28.2.2')
  expect(await prepareNeo4j({ cacheDir: folder, env: { PATH: folder } })).toEqual({ kind: 'docker' })
})
