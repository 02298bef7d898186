import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ArchiveHeader, FileLine, NodeLine } from '../../../src/workflow/backup/archive-format.ts'
import { archiveValue, restoreValue } from '../../../src/workflow/backup/archive-values.ts'
import { checkArchive, readArchive } from '../../../src/workflow/backup/read-archive.ts'
import { writeArchive } from '../../../src/workflow/backup/write-archive.ts'
import type { ArchiveSource } from '../../../src/workflow/backup/write-archive.ts'

const header: ArchiveHeader = {
  fishboneBackup: 1, madeAt: '2026-11-22T02:10:00.000Z', fishbone: '0.1.0', neo4j: '5.26.29 community', schema: [], vinKey: { fingerprint: 'ab', in: 'archive' }, writesHeld: false,
}
// Ends of lines that are no ends of lines here.
const words = 'smoke\u2028from\u0085the\rglove box\n烟'

async function* list<T>(...lines: T[]): AsyncGenerator<T> {
  for (const line of lines) yield await Promise.resolve(line)
}
const source = (): ArchiveSource => ({
  header,
  nodes: () => list<NodeLine>({ key: 'a', labels: ['Feedback'], properties: { id: 'hotline:1', text: words } }, { key: 'b', labels: ['Vehicle'], properties: { id: 'veh_1' } }),
  relationships: () => list({ from: 'a', to: 'b', type: 'ABOUT', properties: {} }),
  files: () => list({ path: 'vin.key', mode: 0o600, at: 0, content: 'AAAA' }),
})

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fishbone-archive-'))
  path = join(folder, 'one.backup')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Writes the archive with its text changed, packed anew: what the sums of gzip itself do not see. */
const writeChanged = async (change: (text: string) => string) => {
  await writeArchive(path, source())
  writeFileSync(path, gzipSync(change(gunzipSync(readFileSync(path)).toString())))
}

it('gives back every line as it was, with whatever people wrote', async () => {
  await writeArchive(path, source())
  const lines = []
  for await (const line of readArchive(path)) lines.push(line)
  expect(lines.map(({ section }) => section)).toEqual(['nodes', 'nodes', 'relationships', 'files'])
  expect(lines[0]?.line).toEqual({ key: 'a', labels: ['Feedback'], properties: { id: 'hotline:1', text: words } })
  expect(await checkArchive(path)).toEqual({ header, lines: { nodes: 2, relationships: 1, files: 1 } })
})

it('writes over nothing, and leaves nothing that looks whole when it is broken off', async () => {
  writeFileSync(path, 'mine')
  await expect(writeArchive(path, source())).rejects.toMatchObject({ code: 'FB_CONFLICT' })
  expect(readFileSync(path, 'utf8')).toBe('mine')
  const other = join(folder, 'two.backup')
  const broken = { ...source(), files: () => (async function* () { yield* list<FileLine>(); throw new Error('the disk went away') })() }
  await expect(writeArchive(other, broken)).rejects.toThrow('the disk went away')
  expect(readdirSync(folder)).toEqual(['one.backup'])
})

describe('refuses, naming what is wrong,', () => {
  it.each([
    ['a file of another kind', (): void => writeFileSync(path, 'hello'), 'it is no backup of Fishbone'],
    ['a gzip file of another kind', (): void => writeFileSync(path, gzipSync('{"a":1}\n')), 'it is no backup of Fishbone'],
    ['an empty file', (): void => writeFileSync(path, ''), 'it was cut short before its header'],
  ])('%s', async (_what, make, message) => {
    make()
    await expect(checkArchive(path)).rejects.toMatchObject({ code: 'FB_BACKUP_INVALID', message: expect.stringContaining(message) as string })
  })

  it.each([
    ['a changed node', (text: string) => text.replace('veh_1', 'veh_2'), 'the sum of its nodes does not match'],
    ['a changed end of a relationship', (text: string) => text.replace('"to":"b"', '"to":"a"'), 'the sum of its relationships does not match'],
    ['a changed key', (text: string) => text.replace('AAAA', 'AAAB'), 'the sum of its files does not match'],
    ['a changed header', (text: string) => text.replace('"fingerprint":"ab"', '"fingerprint":"ac"'), 'the sum at its end does not match'],
    ['a line that is gone', (text: string) => text.replace(/\{"key":"b".*\n/, ''), 'the sum of its nodes does not match'],
    ['one of a later form', (text: string) => text.replace('"fishboneBackup":1', '"fishboneBackup":2'), 'it is of form 2'],
    ['one without its end', (text: string) => text.slice(0, text.lastIndexOf('{"end"')), 'it was cut short before its end'],
    ['one without its files', (text: string) => text.slice(0, text.indexOf('{"path"')), 'it was cut short in its files, after line 0'],
  ])('%s', async (_what, change, message) => {
    await writeChanged(change)
    await expect(checkArchive(path)).rejects.toMatchObject({ code: 'FB_BACKUP_INVALID', message: expect.stringContaining(message) as string })
  })

  it('a file that is cut anywhere', async () => {
    await writeArchive(path, source())
    const whole = readFileSync(path)
    for (let length = 0; length < whole.length; length += 7) {
      writeFileSync(path, whole.subarray(0, length))
      await expect(checkArchive(path)).rejects.toMatchObject({ code: 'FB_BACKUP_INVALID' })
    }
  })
})

it('keeps whole numbers, fractions and vectors apart', () => {
  const vector = Array.from({ length: 64 }, (_, at) => Math.fround(at / 7))
  for (const value of [1n, 1, 0.1, -0.5, 9_007_199_254_740_993n, Number.NaN, Number.POSITIVE_INFINITY, 'i', true, null, [1n, 2n], ['a'], [], vector, vector.map(one => one + 0.1)])
    expect(restoreValue(JSON.parse(JSON.stringify(archiveValue(value))) as never)).toEqual(value)
  expect(JSON.stringify(archiveValue(vector))).toHaveLength(6 + Math.ceil((64 * 4) / 3) * 4 + 2)
  expect(() => archiveValue(new Date())).toThrow(TypeError)
})
