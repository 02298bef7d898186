import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createApiKeys, storedKey } from '../../src/api/api-keys.ts'
import { loadApiKeys } from '../../src/api/key-file.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fb-keys-'))
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

const modeOf = async (path: string) => (await stat(path)).mode & 0o777

it('makes one admin key at the first start, its secret readable by the owner alone, and keeps it', async () => {
  const first = await loadApiKeys({ dataDir, configured: [], mayMakeKey: true })
  const secretPath = first.madeAt ?? ''
  const secret = (await readFile(secretPath, 'utf8')).trim()
  expect(createApiKeys(first.keys).identify(`Bearer ${secret}`)).toMatchObject({ role: 'admin' })
  expect([await modeOf(secretPath), await modeOf(join(dataDir, 'keys.json'))]).toEqual([0o600, 0o600])
  expect(await readFile(join(dataDir, 'keys.json'), 'utf8')).not.toContain(secret)
  const second = await loadApiKeys({ dataDir, configured: [], mayMakeKey: true })
  expect(second).toEqual({ keys: first.keys, madeAt: null })
})

it('makes one key for two servers that start together', async () => {
  const [one, other] = await Promise.all([loadApiKeys({ dataDir, configured: [], mayMakeKey: true }), loadApiKeys({ dataDir, configured: [], mayMakeKey: true })])
  expect(one.keys).toEqual(other.keys)
})

it('refuses to be without keys where it may not make one', async () => {
  await expect(loadApiKeys({ dataDir, configured: [], mayMakeKey: false })).rejects.toMatchObject({ code: 'FB_CONFIG_INVALID' })
  const { keys } = await loadApiKeys({ dataDir, configured: [{ role: 'reader', secret: 's' }], mayMakeKey: false })
  expect(keys).toEqual([storedKey('reader', 's')])
})

it('refuses a key file that is none', async () => {
  await writeFile(join(dataDir, 'keys.json'), '{"keys":[{"role":"owner"}]}')
  await expect(loadApiKeys({ dataDir, configured: [], mayMakeKey: true })).rejects.toMatchObject({ code: 'FB_CONFIG_INVALID' })
})
