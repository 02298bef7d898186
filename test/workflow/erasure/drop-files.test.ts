import { mkdir, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { readBytes } from '../../../src/ingest/readers/read-bytes.ts'
import { createDropRejects } from '../../../src/workflow/erasure/drop-rejects.ts'
import { createDropWaiting } from '../../../src/workflow/erasure/drop-waiting.ts'

const somebody = { words: ['LJNABCDE1P0000001'], values: ['王小明-77', 'F-1'] }
const escaped = (value: unknown): string => JSON.stringify(value).replace(/[\u0080-\uffff]/g, mark => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)

const openWaiting = async (files: Record<string, string | Buffer>) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'fb-waiting-'))
  const folder = join(dataDir, 'spool', 'JOB-1')
  await mkdir(folder, { recursive: true })
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  return { drop: createDropWaiting({ dataDir }), read: (name: string) => readFile(join(folder, name)), path: (name: string) => join(folder, name) }
}

const openRejects = async (lines: readonly object[]) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'fb-rejects-'))
  await mkdir(join(dataDir, 'rejects'))
  const path = join(dataDir, 'rejects', 'a.rejects.ndjson')
  await writeFile(path, lines.map(line => `${JSON.stringify(line)}\n`).join(''), { mode: 0o600 })
  const left = async () => (await readFile(path, 'utf8')).split('\n').filter(line => line !== '').map(line => (JSON.parse(line) as { line: number }).line)
  return { drop: createDropRejects({ dataDir }), left, mode: async () => (await stat(path)).mode & 0o777 }
}

it('drops the refused lines that name somebody and keeps the rest', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'fb-rejects-'))
  await mkdir(join(dataDir, 'rejects'))
  const path = join(dataDir, 'rejects', 'a.rejects.ndjson')
  await writeFile(path, '{"line":1,"record":{"personRef":"P-7"}}\n{"line":2,"record":{"personRef":"P-70"}}\n')
  expect(await createDropRejects({ dataDir })({ words: [], values: ['P-7'] })).toBe(1)
  expect(await readFile(path, 'utf8')).toBe('{"line":2,"record":{"personRef":"P-70"}}\n')
})

it('drops the records of somebody from files that wait, whatever their form, and leaves every other byte', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'fb-waiting-'))
  const folder = join(dataDir, 'spool', 'JOB-1')
  await mkdir(folder, { recursive: true })
  const other = '{"sourceId":"F-10","text":"刹车异响","personRef":"P-70"}\n'
  const row = '"F-10","brakes ""squeal"",\nat every stop",P-70\r\n'
  const header = 'sourceId,text,personRef\r\n'
  const files: Record<string, [string, string]> = {
    'feedback.ndjson': [`${other}{"sourceId":"F-1","text":"x"}\n{"sourceId":"F-3","personRef": "P-7"}\n{"vin":"ljnabcde1p0000001"}`, other],
    'feedback.csv': [`${header}${row}F-3,"smoke,\nthen fire",P-7\r\n${row}`, `${header}${row}${row}`],
    'vehicles.tsv': ['vin\tmodel "5\nLJNABCDE1P0000001\tES8\nLJNABCDE1P0000002\tES8\n', 'vin\tmodel "5\nLJNABCDE1P0000002\tES8\n'],
  }
  for (const [name, [content]] of Object.entries(files)) await writeFile(join(folder, name), content)
  await writeFile(join(folder, 'feedback.ndjson.gz'), gzipSync(files['feedback.ndjson']![0]))
  await writeFile(join(folder, 'broken.gz'), 'no gzip')
  const gbk = Buffer.from([0xb3, 0xe4, 0xb5, 0xe7, 0x0a])
  await writeFile(join(folder, 'gbk.csv'), Buffer.concat([gbk, Buffer.from('P-7,x\n'), gbk]))
  // Three of NDJSON, again packed, one row of each other file.
  expect(await createDropWaiting({ dataDir })({ words: ['LJNABCDE1P0000001'], values: ['P-7', 'F-1'] })).toBe(9)
  for (const [name, [, kept]] of Object.entries(files)) expect(await readFile(join(folder, name), 'utf8'), name).toBe(kept)
  expect(gunzipSync(await readFile(join(folder, 'feedback.ndjson.gz'))).toString()).toBe(other)
  expect(await readFile(join(folder, 'gbk.csv'))).toEqual(Buffer.concat([gbk, gbk]))
})

it('knows values and VINs however JSON writes them', async () => {
  const others = [{ sourceId: 'F-10', text: 'she said "F-1"', personRef: '王小明-770' }, { sourceId: 'F-11', odometerKm: 1 }].map(one => `${escaped(one)}\n`).join('')
  const own = [{ sourceId: 'F-2', personRef: '王小明-77' }, { repairOrderId: 'RO-1', feedback: { channel: 'nomi', sourceId: 'F-1' } }, { vin: ' ｌｊｎabcde1p0000001' }].map(one => `${escaped(one)}\n`).join('')
  const { drop, read } = await openWaiting({ 'feedback.ndjson': `\uFEFF${own}${others}{"sourceId":"\\u0046-1"}\n` })
  expect(await drop(somebody)).toBe(4)
  expect((await read('feedback.ndjson')).toString()).toBe(others)
})

it('knows them in lines that are not JSON', async () => {
  const others = '{"sourceId":"F-10","text":"F-1 told\n'
  const own = `${escaped({ sourceId: 'F-2', personRef: '王小明-77' }).slice(0, -1)}\n{"personRef":"F-9","sourceId":"F-1\n{'sourceId': 'F-1'}\n`
  const { drop, read } = await openWaiting({ 'feedback.ndjson': own + others })
  expect(await drop(somebody)).toBe(3)
  expect((await read('feedback.ndjson')).toString()).toBe(others)
})

it('knows cells whatever separates and quotes them', async () => {
  const header = 'channel;sourceId;occurredAt;text;personRef\n'
  const other = 'nomi;F-10;2023-01-09;"a, F-1 b\nc";王小明-770\n'
  const { drop, read } = await openWaiting({ 'feedback.csv': `${header}nomi;F-2;2023-01-09;"x;\n""y""";"王小明-77"\n${other}nomi;F-1;2023-01-09;x;\n` })
  expect(await drop(somebody)).toBe(2)
  expect((await read('feedback.csv')).toString()).toBe(header + other)
  const comma = await openWaiting({ 'feedback.csv': 'sourceId,personRef\nF-2,"Wang, ""77"""\nF-3,Wang\n' })
  expect(await comma.drop({ words: [], values: ['Wang, "77"'] })).toBe(1)
})

it('takes a row as an import does: tabs too, quotes inside a cell, quotes that never close', async () => {
  const header = 'channel\tsourceId\toccurredAt\ttext\n'
  const others = `nomi\tF-10\t2023-01-09\t5" wheel\nnomi\tF-11\t2023-01-09\t"open\nnomi\tF-12\t2023-01-09\tx\n`
  const { drop, read } = await openWaiting({ 'feedback.tsv': `${header}nomi\tF-1\t2023-01-09\t"smoke\nand fire"\n${others}` })
  expect(await drop(somebody)).toBe(1)
  expect((await read('feedback.tsv')).toString()).toBe(header + others)
})

it('knows gzip by its first bytes, whatever the name', async () => {
  const [own, other] = ['{"sourceId":"F-1"}\n', '{"sourceId":"F-10"}\n']
  const { drop, read } = await openWaiting({ 'feedback.ndjson': gzipSync(own + other), 'plain.ndjson.gz': own + other, 'damaged.gz': Buffer.from([0x1f, 0x8b, 1, 2, 3]) })
  expect(await drop(somebody)).toBe(2)
  expect(gunzipSync(await read('feedback.ndjson')).toString()).toBe(other)
  expect((await read('plain.ndjson.gz')).toString()).toBe(other)
})

it('reads a gzip file that is cut short as far as it goes, and leaves it cut short', async () => {
  const [own, other] = ['{"sourceId":"F-1"}\n', '{"sourceId":"F-10"}\n']
  const { drop, path } = await openWaiting({ 'feedback.ndjson.gz': gzipSync(own + other).subarray(0, -4) })
  expect(await drop(somebody)).toBe(1)
  let left = ''
  const readAll = async () => {
    for await (const chunk of readBytes(path('feedback.ndjson.gz'))) left += chunk.toString()
  }
  await expect(readAll()).rejects.toMatchObject({ code: 'FB_IMPORT_FORMAT' })
  expect(left).toBe(other)
})

it('knows refused lines that could not be read, and VINs in any case', async () => {
  const { drop, left, mode } = await openRejects([
    { line: 1, errors: [], record: '{"sourceId":"F-2","personRef":"王小明-77"' },
    { line: 2, errors: [], record: escaped({ sourceId: 'F-2', personRef: '王小明-77' }).slice(0, -1) },
    { line: 3, errors: [], record: '{"channel":"nomi","sourceId":"F-1"' },
    { line: 4, errors: [], record: { vin: 'ljnabcde1p0000001' } },
    { line: 5, errors: [], record: ['nomi', 'F-1', 'x'] },
    { line: 6, errors: [], record: 'nomi,F-1,"never closed' },
    { line: 7, errors: [], record: { sourceId: 1, personRef: 'F-10' } },
    { line: 8, errors: [], record: '{"sourceId":"F-10","personRef":"王小明-770"' },
  ])
  expect(await drop(somebody)).toBe(6)
  expect(await left()).toEqual([7, 8])
  expect(await mode()).toBe(0o600)
})

it('takes a reference that was sent as a number for the same', async () => {
  const { drop, left } = await openRejects([{ line: 1, errors: [], record: { personRef: 77, odometerKm: 5 } }, { line: 77, errors: [], record: { personRef: 'P-1', odometerKm: 77 } }])
  expect(await drop({ words: [], values: ['77'] })).toBe(1)
  expect(await left()).toEqual([77])
})
