import { mkdtemp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import type { ErasureStore } from '../../../src/graph/ports/erasure.ts'
import { createDropRejects } from '../../../src/workflow/erasure/drop-rejects.ts'
import { createDropWaiting } from '../../../src/workflow/erasure/drop-waiting.ts'
import type { NamedBy } from '../../../src/workflow/erasure/drop-waiting.ts'
import { createErasePerson } from '../../../src/workflow/erasure/erase-person.ts'
import { withoutWords } from '../../../src/workflow/erasure/without-words.ts'

const none = { feedback: 0, earlierVersions: 0, vehicles: 0, sealedVins: 0, repairOrders: 0, answers: 0, jobs: 0 }
const open = (given: Partial<ErasureStore> = {}) => {
  const asked: { needles: string[]; dropped: string[][]; waiting: NamedBy[] } = { needles: [], dropped: [], waiting: [] }
  const erase = createErasePerson({
    now: () => new Date('2023-01-09T00:00:00Z'),
    vins: { pseudonymOf: vin => `veh_${vin}`, open: sealed => sealed.replace('sealed:', '') },
    dropWaiting: somebody => (asked.waiting.push(somebody), Promise.resolve(0)), runningImports: () => Promise.resolve(0),
    dropRejects: needles => (asked.dropped.push([...needles]), Promise.resolve(0)),
    store: {
      ofPerson: () => Promise.resolve({ feedbackIds: ['hotline:F-1'], vehicleIds: ['veh_1'] }), ofVehicle: () => Promise.resolve(null), words: () => Promise.resolve([{ feedbackId: 'hotline:F-1', sourceId: 'F-1', text: 'it burns' }]),
      sealedVins: () => Promise.resolve(['sealed:LJNABCDE1P0000001']), erase: what => ((asked.needles = what.needles), Promise.resolve({ ...none, feedback: 1 })), ...given,
    },
  })
  return { erase, asked }
}

it('looks for the reference, the record, the car and its VIN among the refused lines', async () => {
  const { erase, asked } = open()
  expect(await erase.person('P-7')).toEqual({ ...none, feedback: 1, rejectedLines: 0, waitingRecords: 0, runningImports: 0 })
  expect(asked.needles).toEqual(['hotline:F-1', '"P-7"'])
  expect(asked.dropped).toEqual([['"P-7"', 'veh_1', 'LJNABCDE1P0000001', '"F-1"']])
  expect(asked.waiting).toEqual([{ words: ['LJNABCDE1P0000001'], values: ['P-7', 'F-1'] }])
})

it('says so where nothing is known', async () => {
  const { erase } = open({ ofPerson: () => Promise.resolve({ feedbackIds: [], vehicleIds: [] }), words: () => Promise.resolve([]), sealedVins: () => Promise.resolve([]) })
  await expect(erase.person('P-7')).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
  await expect(erase.vehicle('veh_9')).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
})

it('keeps classes and levels of a triage, and nothing that was said', () => {
  const triage = { text: 'smoke under the seat', severity: { level: 9, reasons: ['said smoke'] }, hazards: [{ key: 'fire', reason: 'smoke', nearMiss: false }], findings: [{ symptom: 'smoke', span: [0, 5] }], qualityReason: 'smoke' }
  const [told] = withoutWords([{ label: 'Triage', id: 'a', content: JSON.stringify(triage) }], [])
  expect(JSON.parse(told!.content)).toMatchObject({ text: '', severity: { level: 9, reasons: [] }, hazards: [{ key: 'fire', reason: '' }], findings: [{ symptom: 'smoke' }] })
})

it('takes a quote out wherever it is told again, and leaves quotes of others', () => {
  const content = { evidence: [{ quotes: [{ source: 'a:1', text: 'burning smell' }, { source: 'b:1', text: 'loud bang' }] }], rootCauses: [{ statement: 'one said "burning smell"' }] }
  const [told] = withoutWords([{ label: 'SuggestionSet', id: 's', content: JSON.stringify(content) }], [{ feedbackId: 'a:1', text: 'there was a burning smell' }])
  expect(told!.content).not.toContain('burning')
  expect(told!.content).toContain('loud bang')
})

it('drops the refused lines that name somebody and keeps the rest', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'fb-rejects-'))
  await mkdir(join(dataDir, 'rejects'))
  const path = join(dataDir, 'rejects', 'a.rejects.ndjson')
  await writeFile(path, '{"line":1,"record":{"personRef":"P-7"}}\n{"line":2,"record":{"personRef":"P-70"}}\n')
  expect(await createDropRejects({ dataDir })(['"P-7"'])).toBe(1)
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

it('says of a car nobody knows that files held it', async () => {
  const { erase } = open({ sealedVins: () => Promise.resolve([]), words: () => Promise.resolve([]) })
  await expect(erase.vehicle('LJNABCDE1P0000001')).rejects.toMatchObject({ code: 'FB_NOT_FOUND' })
})
