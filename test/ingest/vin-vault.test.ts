import { createHmac, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createVinVault, loadVinKey } from '../../src/ingest/vin-vault.ts'

const key = Buffer.alloc(32, 7)
const vin = 'LJ1EEAUU0N7700001'
const emptyFolder = () => mkdtemp(join(tmpdir(), 'fishbone-vin-'))

describe('createVinVault', () => {
  const vault = createVinVault({ key })

  it('names a vehicle by HMAC-SHA256, whatever the case of its VIN', () => {
    const expected = `veh_${createHmac('sha256', key).update(vin).digest('hex').slice(0, 32)}`
    expect(vault.pseudonymOf(vin)).toBe(expected)
    expect(vault.pseudonymOf(vin.toLowerCase())).toBe(expected)
    expect(expected).toMatch(/^veh_[0-9a-f]{32}$/)
  })

  it('tells apart VINs that differ in the last digit, and the same VIN under two keys', () => {
    expect(vault.pseudonymOf('LJ1EEAUU0N7700002')).not.toBe(vault.pseudonymOf(vin))
    expect(createVinVault({ key: Buffer.alloc(32, 8) }).pseudonymOf(vin)).not.toBe(vault.pseudonymOf(vin))
  })

  it('hashes with a key of its own, letter by letter', () => {
    expect(vault.hashOf('Person', 'p-7')).toMatch(/^h_[0-9a-f]{32}$/)
    const others = [vault.hashOf('Person', 'P-7'), vault.hashOf('Vehicle', 'p-7'), createVinVault({ key: Buffer.alloc(32, 8) }).hashOf('Person', 'p-7')]
    expect(others).not.toContain(vault.hashOf('Person', 'p-7'))
    expect(vault.hashOf('', vin).slice(2)).not.toBe(vault.pseudonymOf(vin).slice(4))
  })

  it('opens what it sealed, and seals alike', () => {
    const sealed = vault.seal(vin)
    expect(sealed).not.toContain(vin)
    expect(vault.open(sealed)).toBe(vin)
    expect(vault.seal(vin.toLowerCase())).toBe(sealed)
  })

  it('refuses what another key sealed, what was changed, and what is no sealed VIN', () => {
    const sealed = vault.seal(vin)
    const changed = `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`
    const foreign = createVinVault({ key: Buffer.alloc(32, 8) }).seal(vin)
    for (const text of [changed, foreign, '', 'abc']) {
      expect(() => vault.open(text)).toThrowError(expect.objectContaining({ code: 'FB_VIN_KEY_INVALID' }) as Error)
    }
  })

  it('refuses a key of another length', () => {
    expect(() => createVinVault({ key: Buffer.alloc(16) })).toThrowError(expect.objectContaining({ code: 'FB_VIN_KEY_INVALID' }) as Error)
  })
})

describe('loadVinKey', () => {
  it('makes the key once, for its owner only, and keeps it', async () => {
    const dataDir = join(await emptyFolder(), 'made', 'later')
    const [first, second] = await Promise.all([loadVinKey({ dataDir }), loadVinKey({ dataDir })])
    expect(first).toHaveLength(32)
    expect(second.equals(first)).toBe(true)
    expect((await loadVinKey({ dataDir })).equals(first)).toBe(true)
    expect((await stat(join(dataDir, 'vin.key'))).mode & 0o777).toBe(0o600)
    expect(await readFile(join(dataDir, 'vin.key'), 'utf8')).toBe(`${first.toString('hex')}\n`)
  })

  it('takes the configured key and writes nothing', async () => {
    const dataDir = await emptyFolder()
    const hex = randomBytes(32).toString('hex')
    expect((await loadVinKey({ dataDir, hex })).toString('hex')).toBe(hex)
    await expect(stat(join(dataDir, 'vin.key'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('refuses a key that is not 64 hexadecimal digits', async () => {
    const dataDir = await emptyFolder()
    await writeFile(join(dataDir, 'vin.key'), 'short')
    await expect(loadVinKey({ dataDir })).rejects.toMatchObject({ code: 'FB_VIN_KEY_INVALID' })
    await expect(loadVinKey({ dataDir, hex: 'zz' })).rejects.toMatchObject({ code: 'FB_VIN_KEY_INVALID' })
  })
})
