import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { extractZipEntry } from '../../../src/llm/model-files/zip-entry.ts'

type Part = { name: string; content: Buffer; method: 0 | 8; crc?: number; flags?: number }

/** A zip archive by the letter of APPNOTE 4.3: local headers with their bytes, central directory, end record, comment. */
function zip(parts: Part[], comment = ''): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, content, method, crc = crc32(content), flags = 0 } of parts) {
    const packed = method === 8 ? deflateRawSync(content) : content
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(name.length, 26)
    // An extra field in the local header only, as many writers leave one.
    local.writeUInt16LE(4, 28)
    locals.push(local, Buffer.from(name), Buffer.alloc(4), packed)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(flags, 8)
    entry.writeUInt16LE(method, 10)
    entry.writeUInt32LE(crc, 16)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(content.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    central.push(entry, Buffer.from(name))
    offset += 34 + name.length + packed.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...locals, directory, end, Buffer.from(comment)])
}

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
