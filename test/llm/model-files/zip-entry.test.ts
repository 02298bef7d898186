import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { extractZipEntry } from '../../../src/llm/model-files/zip-entry.ts'
import { zip } from '../../support/zip-archive.ts'

describe('extractZipEntry', () => {
  let folder = ''
  beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'fishbone-zip-')) })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const big = Buffer.from('charging stops in damp weather, lot 21W08\n'.repeat(60_000))
  async function extract(archiveBytes: Buffer, name: string) {
    const archive = join(folder, 'a.zip')
    const target = join(folder, 'out')
    await writeFile(archive, archiveBytes)
    return { sha256: await extractZipEntry({ archive, name, target }), content: await readFile(target) }
  }

  it.each([0, 8] as const)('unpacks the entry asked for, method %d', async method => {
    const archive = zip([{ name: 'other.txt', content: Buffer.from('no'), method: 8 }, { name: 'a/model.bin', content: big, method }], 'a comment')
    const { sha256, content } = await extract(archive, 'a/model.bin')
    expect(content.equals(big)).toBe(true)
    expect(sha256).toBe(createHash('sha256').update(big).digest('hex'))
  })

  it('refuses a missing entry, a wrong checksum, an encrypted entry, a cut archive and what is no zip', async () => {
    const content = Buffer.from('lot 21W08')
    const good = zip([{ name: 'a', content, method: 0 }])
    await expect(extract(good, 'b')).rejects.toThrow('no entry b')
    await expect(extract(zip([{ name: 'a', content, method: 0, crc: 1 }]), 'a')).rejects.toThrow('checksum')
    await expect(extract(zip([{ name: 'a', content, method: 0, flags: 1 }]), 'a')).rejects.toThrow('form')
    await expect(extract(good.subarray(0, 40), 'a')).rejects.toThrow('Not a zip')
    await expect(extract(Buffer.from('hello'), 'a')).rejects.toThrow('Not a zip')
  })
})
