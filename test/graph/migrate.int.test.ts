import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { migrate } from '../../src/graph/migrate.ts'
import { projectRoot } from '../../src/project-root.ts'
import { openTestGraph } from '../support/graph.ts'
import type { TestGraph } from '../support/graph.ts'

let graph: TestGraph
let folder: string
beforeAll(async () => {
  graph = await openTestGraph()
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fishbone-migrate-'))
  cpSync(join(projectRoot, 'cypher', 'schema'), folder, { recursive: true })
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await graph.run('MATCH (n:Migration) WHERE n.id ENDS WITH "__trial.cypher" DELETE n')
  await graph.run('DROP INDEX part_trial IF EXISTS')
})
afterAll(() => graph.close())

/** Adds the next file of the series and gives its name. */
function addFile(source: string): string {
  const name = `V${String(readdirSync(folder).length + 1).padStart(4, '0')}__trial.cypher`
  writeFileSync(join(folder, name), source)
  return name
}

const trial = 'CREATE INDEX part_trial IF NOT EXISTS FOR (n:Part) ON (n.trial);'

it('changes nothing on an up-to-date database', async () => {
  expect(await migrate(graph.client)).toEqual([])
})

it('applies a new file once, even when two processes migrate at the same time', async () => {
  const name = addFile(`// one; two\n${trial}\nMERGE (p:Part {id: 'trial;part'});`)
  const applied = await Promise.all([migrate(graph.client, { folder }), migrate(graph.client, { folder })])
  expect(applied.flat()).toEqual([name])
  expect(await migrate(graph.client, { folder })).toEqual([])
  expect(await graph.run('MATCH (p:Part) RETURN p.id AS id')).toEqual([{ id: 'trial;part' }])
})

it('refuses a file that was changed after it was applied, or is gone', async () => {
  const name = addFile(trial)
  await migrate(graph.client, { folder })
  writeFileSync(join(folder, name), `${trial}\n// changed`)
  await expect(migrate(graph.client, { folder })).rejects.toMatchObject({ code: 'FB_MIGRATION_INVALID', details: { file: name } })
  rmSync(join(folder, name))
  await expect(migrate(graph.client, { folder })).rejects.toMatchObject({ code: 'FB_MIGRATION_INVALID', details: { file: name } })
})

it('names the index that is not as the files ask, though IF NOT EXISTS is silent', async () => {
  await graph.run('CREATE INDEX part_trial FOR (n:Part) ON (n.other)')
  addFile(trial)
  const refusal = { code: 'FB_MIGRATION_INVALID', details: { differences: ['index part_trial: properties is ["other"], asked for ["trial"]'] } }
  await expect(migrate(graph.client, { folder })).rejects.toMatchObject(refusal)
})

it('finds an index that somebody dropped', async () => {
  addFile(trial)
  await migrate(graph.client, { folder })
  await graph.run('DROP INDEX part_trial')
  await expect(migrate(graph.client, { folder })).rejects.toMatchObject({ code: 'FB_MIGRATION_INVALID', details: { differences: ['index part_trial is missing'] } })
})

it('takes over the lock of a process that died while migrating', async () => {
  await graph.run('MERGE (lock:Migration {id: "lock"}) SET lock.lockedBy = "gone", lock.lockedUntil = timestamp() + 400')
  const name = addFile(trial)
  expect(await migrate(graph.client, { folder })).toEqual([name])
})
