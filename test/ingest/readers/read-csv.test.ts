import { describe, expect, it } from 'vitest'
import { splitCells } from '../../../src/ingest/readers/csv-rows.ts'
import { readCsv } from '../../../src/ingest/readers/read-csv.ts'
import { collect, linesOf } from './source-texts.ts'

const header = 'channel,sourceId,occurredAt,text,odometerKm,crash,rating'
const read = (rows: string, delimiter = ',') => collect(readCsv(linesOf(`${header.replaceAll(',', delimiter)}\n${rows}`), 'feedback', delimiter))

describe('splitCells', () => {
  it.each([
    ['a,b,', ['a', 'b', '']],
    ['"a,b","say ""no"""', ['a,b', 'say "no"']],
    ['5" wheel,x', ['5" wheel', 'x']],
    ['"",y', ['', 'y']],
    ['"open', 'open'],
    ['"shut"x,y', 'malformed'],
  ])('%s', (text, cells) => {
    expect(splitCells(text, ',')).toEqual(cells)
  })
})

describe('readCsv', () => {
  it('makes of cells what the schema wants, and null of an empty one', async () => {
    const [item] = await read('app,F-1,2023-01-09T06:12:44Z,"brakes squeal, left",12034.5,TRUE,')
    expect(item).toMatchObject({
      kind: 'value', line: 2,
      value: { channel: 'app', sourceId: 'F-1', text: 'brakes squeal, left', odometerKm: 12034.5, crash: true, rating: null },
    })
  })

  it('leaves what is no number or no boolean for the schema to name', async () => {
    const [item] = await read('app,F-1,2023-01-09T06:12:44Z,x,"12,034",maybe,4')
    expect(item).toMatchObject({ value: { odometerKm: '12,034', crash: 'maybe', rating: 4 } })
  })

  it('keeps line ends inside a quoted cell and counts lines on', async () => {
    const items = await read('app,F-1,t,"first\nsecond",,,\n\napp,F-2,t,x,,,')
    expect(items).toMatchObject([{ line: 2, value: { text: 'first\nsecond' } }, { line: 5, value: { sourceId: 'F-2' } }])
  })

  it('gives up one line only for a quote that is never closed', async () => {
    const items = await read('app,F-1,t,"never closed,,,\napp,F-2,t,x,,,\napp,F-3,t,"shut",,,')
    expect(items).toMatchObject([{ kind: 'refused', line: 2 }, { kind: 'value', value: { sourceId: 'F-2' } }, { kind: 'value', value: { sourceId: 'F-3' } }])
  })

  it('refuses a row with more cells than the header, takes missing cells at its end as null', async () => {
    const items = await read('app,F-1,t,x,1,true,5,more\napp,F-2,t,x')
    expect(items).toMatchObject([
      { kind: 'refused', errors: [{ path: '', message: 'the row has 8 cells, the header has 7' }] },
      { kind: 'value', value: { sourceId: 'F-2', odometerKm: null, rating: null } },
    ])
  })

  it('reads the semicolons of European spreadsheets', async () => {
    expect(await read('app;F-1;t;a, b;1;false;5', ';')).toMatchObject([{ value: { text: 'a, b', crash: false } }])
  })

  it('refuses the file when the header names a column twice', async () => {
    await expect(collect(readCsv(linesOf('channel,text,channel\na,b,c'), 'feedback'))).rejects.toMatchObject({ code: 'FB_IMPORT_FORMAT' })
  })
})
