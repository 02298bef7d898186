import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { listDataFiles, readDataFile, targetOf, writeDataFile } from '../../../src/workflow/backup/data-files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fishbone-files-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const put = (path: string, content: string | Buffer = 'x', mode = 0o644) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content, { mode })
}

it('takes keys, terms, rejects and waiting imports; not the store, what is made anew, drafts and other installations', async () => {
  for (const path of ['vin.key', 'keys.json', 'admin-key.txt', 'vocabulary/accepted-terms.json', 'rejects/a.ndjson', 'spool/JOB-1/b.csv']) put(path)
  for (const path of ['neo4j/home/store', 'analysis/projection.bin', '.keys-00.json', 'vin.key.0123456789ab', 'demo/vin.key', 'demo/rejects/c', 'x.backup.00.partial']) put(path)
  expect(await listDataFiles(folder)).toEqual(['admin-key.txt', 'keys.json', 'rejects/a.ndjson', 'spool/JOB-1/b.csv', 'vin.key', 'vocabulary/accepted-terms.json'])
  expect(await listDataFiles(folder, { withKeys: false })).toEqual(['rejects/a.ndjson', 'spool/JOB-1/b.csv', 'vocabulary/accepted-terms.json'])
})

it('gives a large, an empty and a secret file back as they were', async () => {
  const large = Buffer.alloc(600_000, 'fishbone')
  put('rejects/large', large)
  put('rejects/empty', '')
  put('vin.key', 'secret', 0o600)
  const target = join(folder, 'target')
  for (const path of ['rejects/large', 'rejects/empty', 'vin.key']) for await (const line of readDataFile(folder, path)) await writeDataFile(target, line, 'old')
  expect(readFileSync(join(target, 'rejects/large')).equals(large)).toBe(true)
  expect(readFileSync(join(target, 'rejects/empty'))).toHaveLength(0)
  expect(statSync(join(target, 'vin.key')).mode & 0o777).toBe(0o600)
})

it('puts a key that is there aside, and only one that differs', async () => {
  put('vin.key', 'old key')
  const line = { path: 'vin.key', mode: 0o600, at: 0, content: Buffer.from('new key').toString('base64') }
  await writeDataFile(folder, line, 'before-restore')
  await writeDataFile(folder, line, 'before-restore-2')
  expect(readdirSync(folder).sort()).toEqual(['vin.key', 'vin.key.before-restore'])
  expect(readFileSync(join(folder, 'vin.key.before-restore'), 'utf8')).toBe('old key')
})

it.each(['../keys.json', 'a/../../b', '/etc/x', 'a//b', '', '.', 'a\\..\\b'])('writes nothing outside of the folder: %s', path => {
  expect(targetOf(folder, path)).toBeNull()
})
