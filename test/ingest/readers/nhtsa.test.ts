import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '../../../src/project-root.ts'
import { readImportTables } from '../../../src/ingest/readers/import-tables.ts'
import { dayOf, kmOfMiles } from '../../../src/ingest/readers/nhtsa-values.ts'
import { readNhtsaComplaints } from '../../../src/ingest/readers/nhtsa-complaints.ts'
import { recallOf } from '../../../src/ingest/readers/nhtsa-recalls.ts'
import { readRecords, type ReadRecord } from '../../../src/ingest/readers/read-records.ts'
import { collect, linesOf } from './source-texts.ts'

const tables = readImportTables()
const fixture = (name: string) => join(projectRoot, 'fixtures', 'readers', name)
let mergeFolder = ''
beforeAll(async () => {
  mergeFolder = await mkdtemp(join(tmpdir(), 'fishbone-merge-'))
})
afterAll(() => rm(mergeFolder, { recursive: true }))

const options = () => ({ now: new Date('2023-06-01T00:00:00Z'), tables, mergeFolder })
const readComplaints = (mergeMemoryBytes?: number) =>
  collect(readRecords(fixture('nhtsa-complaints.txt'), { format: 'nhtsa-complaints', kind: 'feedback' }, { ...options(), mergeMemoryBytes }))
const bySourceId = (items: ReadRecord[]) =>
  new Map(items.flatMap(item => (item.kind === 'record' && 'sourceId' in item.record ? [[item.record.sourceId, item] as const] : [])))

/** A row of 49 columns; the names are those of the regulator's field list. */
const complaint = (cells: Partial<Record<'odi' | 'make' | 'model' | 'year' | 'crash' | 'fail' | 'fire' | 'injured' | 'deaths' | 'component' | 'vin' | 'received' | 'miles' | 'text' | 'type', string>>) => {
  const row = Array.from({ length: 49 }, () => '')
  const at = { odi: 1, make: 3, model: 4, year: 5, crash: 6, fail: 7, fire: 8, injured: 9, deaths: 10, component: 11, vin: 14, received: 16, miles: 17, text: 19, type: 45 }
  for (const [name, value] of Object.entries({ odi: '1', fail: '20230102', received: '20230109', text: 'STALLED', type: 'V', ...cells })) row[at[name as keyof typeof at]] = value
  return row.join('\t')
}
const values = async (...rows: string[]) => {
  const items = await collect(readNhtsaComplaints(linesOf(rows.join('\n')), { expectedBytes: 0, folder: mergeFolder }))
  return items.map(item => (item.kind === 'value' ? (item.value as Record<string, unknown>) : item))
}

describe('nhtsa-complaints', () => {
  it('makes feedback of channel regulator of the real file', async () => {
    const items = await readComplaints()
    // 7 rows, of which 14 and 16, and 32 and 90 of the original, share an ODI number.
    expect(items).toHaveLength(5)
    expect(bySourceId(items).get('958124')).toMatchObject({
      kind: 'record', line: 1, flags: [],
      record: {
        channel: 'regulator', sourceId: '958124', occurredAt: '1994-11-28T00:00:00Z', receivedAt: '1995-01-03T00:00:00Z', make: 'TOYOTA', model: 'COROLLA',
        modelYear: 1994, crash: true, fire: false, injuries: 0, region: 'US-AZ', vin: null, odometerKm: null,
        text: 'UPON FRONTAL COLLISION, AIR BAG FAILED TO DEPLOY. VEHICLE CLASSIFIED AS TOTALED. PLEASE DESCRIBE DETAILS.  TT\n\nComponents: AIR BAGS:FRONTAL',
      },
    })
  })

  it('merges rows of one ODI number that stand apart in the file', async () => {
    const merged = bySourceId(await readComplaints()).get('958176')
    expect(merged).toMatchObject({ record: { crash: true, injuries: 1, modelYear: 1994 }, flags: ['vinInvalid'] })
    expect(merged?.kind === 'record' && 'text' in merged.record && merged.record.text).toMatch(/Components: SEAT BELTS:FRONT:ANCHORAGE; AIR BAGS$/)
  })

  it('leaves a year of 9999 open, and takes the day of receipt where no day of failure is given', async () => {
    const records = bySourceId(await readComplaints())
    expect(records.get('958123')).toMatchObject({ record: { modelYear: null, model: 'CHILD SAFETY SEAT' } })
    expect(records.get('958247')).toMatchObject({ record: { occurredAt: '1995-01-03T00:00:00Z' }, flags: ['failDateUnknown'] })
  })

  it('gives the same records from temporary files as from memory, and leaves no file behind', async () => {
    const plain = await readComplaints()
    // 1,876 bytes at 300 a share: 8 files.
    const dealt = await readComplaints(300)
    const strip = (items: ReadRecord[]) => items.map(item => ({ ...item, position: 0 })).sort((a, b) => a.line - b.line)
    expect(strip(dealt)).toEqual(strip(plain))
    expect(dealt.map(item => item.position)).toEqual([1, 2, 3, 4, 5])
    expect(await readdir(mergeFolder)).toEqual([])
  })

  it('keeps temporary files to their owner and removes them when the reader stops early', async () => {
    const modes: number[] = []
    for await (const item of readRecords(fixture('nhtsa-complaints.txt'), { format: 'nhtsa-complaints', kind: 'feedback' }, { ...options(), mergeMemoryBytes: 300 })) {
      expect(item.kind).toBe('record')
      const [folder] = await readdir(mergeFolder)
      for (const name of await readdir(join(mergeFolder, folder!))) modes.push((await stat(join(mergeFolder, folder!, name))).mode & 0o777)
      break
    }
    expect(new Set(modes)).toEqual(new Set([0o600]))
    expect(await readdir(mergeFolder)).toEqual([])
  })

  it('counts miles as kilometres, none and 0 as unknown', () => {
    // 7,500 × 1.609344 = 12,070.08
    expect(['7500', '0', '', 'N/A'].map(kmOfMiles)).toEqual([12_070, null, null, null])
  })

  it.each([['20230109', '2023-01-09'], ['20230230', null], ['00000000', null], ['', null], ['2023', null]])('reads the day %s', (cell, day) => {
    expect(dayOf(cell)).toBe(day)
  })

  it('joins what the rows of one complaint say, and keeps the worst of them', async () => {
    const [merged] = await values(
      complaint({ odi: '7', fail: '20230105', crash: 'N', injured: '1', component: 'STEERING', text: 'STEERING LOCKED' }),
      complaint({ odi: '7', fail: '20230103', crash: 'Y', injured: '2', deaths: '1', component: 'UNKNOWN OR OTHER', text: 'THEN IT STALLED', miles: '100' }),
      complaint({ odi: '7', component: 'STEERING', text: 'STEERING LOCKED' }),
    )
    expect(merged).toMatchObject({
      occurredAt: '2023-01-02T00:00:00Z', crash: true, fire: null, injuries: 3, odometerKm: 161, text: 'STEERING LOCKED\n\nTHEN IT STALLED\n\nComponents: STEERING',
    })
  })

  it('takes the car, not the tyre, of a complaint about both', async () => {
    const [merged] = await values(
      complaint({ make: 'FIRESTONE', model: 'WILDERNESS', year: '9999', type: 'T' }),
      complaint({ make: 'FORD', model: 'EXPLORER', year: '1999', type: 'V' }),
    )
    expect(merged).toMatchObject({ make: 'FORD', model: 'EXPLORER', modelYear: 1999 })
  })

  it('leaves open in what two cars of one complaint differ', async () => {
    const items = await collect(
      readNhtsaComplaints(linesOf([complaint({ make: 'KIA', model: 'EV6', year: '2022' }), complaint({ make: 'KIA', model: 'EV9', year: '2024' })].join('\n')), {
        expectedBytes: 0, folder: mergeFolder,
      }),
    )
    expect(items).toMatchObject([{ value: { make: 'KIA', model: null, modelYear: null, vin: null }, flags: ['severalVehicles'] }])
  })

  it('takes quotes and Latin-1 as they come, and refuses a row that is none', async () => {
    const [odd, short, noNumber] = await values(complaint({ text: '"THE "CHECK ENGINE" LIGHT' }), 'two\tcolumns', complaint({ odi: 'X' }))
    expect(odd).toMatchObject({ text: '"THE "CHECK ENGINE" LIGHT' })
    expect(short).toMatchObject({ kind: 'refused', line: 2, errors: [{ message: 'expected at least 20 tab-separated columns, got 2' }] })
    expect(noNumber).toMatchObject({ kind: 'refused', line: 3, errors: [{ message: 'column 2 is not an ODI number' }] })
  })
})

describe('nhtsa-recalls', () => {
  it('makes one closed case of a campaign of the real file', async () => {
    const items = await collect(readRecords(fixture('nhtsa-recalls.txt'), { format: 'nhtsa-recalls', kind: 'cases' }, options()))
    expect(items).toHaveLength(2)
    expect(items[0]).toMatchObject({
      kind: 'record', flags: [],
      record: {
        caseId: '02V288000', kind: 'recall', openedAt: '2002-11-06', closedAt: '2002-11-06', component: 'low-voltage-battery',
        affected: [{ make: 'FORD', model: 'FOCUS', modelYears: [2000, 2001] }],
        corrective: [{ actionType: 'replacement', effectiveFrom: '2003-02-10' }],
      },
    })
    expect(items[0]).toMatchObject({ record: { rootCause: expect.stringMatching(/^CERTAIN PASSENGER VEHICLES/) as string, failureEffect: expect.stringMatching(/^THIS, IN TURN/) as string } })
    expect(items[1]).toMatchObject({ record: { caseId: '02V236000', component: 'EQUIPMENT:OTHER:LABELS', corrective: [{ actionType: 'customer-notice' }] } })
  })

  const recall = (cells: { remedy?: string; component?: string; parts?: string; drive?: string; outside?: string }) => {
    const row = Array.from({ length: 29 }, () => '')
    const at = { 1: '23V100000', 2: 'KIA', 3: 'EV6', 4: '2022', 6: cells.component ?? 'STEERING', 15: '20230301', 19: 'MAY CRACK', 21: cells.remedy ?? '', 26: cells.parts ?? '', 27: cells.drive ?? '', 28: cells.outside ?? '' }
    for (const [index, value] of Object.entries(at)) row[Number(index)] = value
    return recallOf([{ place: { line: 1, position: 1, bytes: 1 }, cells: row, flags: [] }], tables).value as Record<string, unknown>
  }

  it.each([
    ['Dealers will update the IEB software, free of charge.', 'software-update'],
    ['Kia will release an over-the-air (OTA) update; dealers will inspect and replace the unit.', 'software-update'],
    ['Dealers will inspect and replace the knuckle, as necessary.', 'replacement'],
    ['Dealers will inspect and tighten the bolts.', 'rework'],
    ['Dealers will inspect the latch.', 'inspection'],
    ['Owners will be mailed a corrected label.', 'customer-notice'],
    ['A remedy is under development.', 'other'],
  ])('%s: %s', (remedy, actionType) => {
    expect(recall({ remedy })['corrective']).toMatchObject([{ actionType, text: remedy, effectiveFrom: null }])
  })

  it('takes the longest component name that the table knows', () => {
    expect(recall({ component: 'ELECTRICAL SYSTEM:PROPULSION SYSTEM:TRACTION BATTERY:CELLS' })['component']).toBe('traction-battery')
    expect(recall({ component: 'TRAILER HITCHES' })['component']).toBe('TRAILER HITCHES')
  })

  it('reads the columns of newer files: part numbers and advice to owners', () => {
    const value = recall({ parts: '58910-CV100, various; 58920CV200', drive: 'Yes', outside: 'No' })
    expect(value['affected']).toEqual([{ make: 'KIA', model: 'EV6', modelYears: [2022] }, { partNo: '58910-CV100' }, { partNo: '58920CV200' }])
    expect(value['containment']).toEqual([{ actionType: 'customer-notice', text: 'Do not drive', effectiveFrom: '2023-03-01' }])
  })
})
