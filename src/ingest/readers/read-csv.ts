import { z } from 'zod'
import type { RecordKind } from '../../domain/record-kind.ts'
import { recordSchemas } from '../../domain/record-kind.ts'
import { readCsvRows } from './csv-rows.ts'
import { refusedItem, type SourceItem } from './source-item.ts'
import type { SourceLine } from './split-lines.ts'
import { FishboneError } from '../../domain/error.ts'

/** Kinds flat enough for a table. */
export const csvKinds = ['feedback', 'software-installs'] as const satisfies RecordKind[]
export type CsvKind = (typeof csvKinds)[number]
export const isCsvKind = (kind: RecordKind): kind is CsvKind => (csvKinds as readonly RecordKind[]).includes(kind)

type CellReader = (cell: string) => unknown

const decimal = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/
// What is neither stays text, so that the schema can say what was expected and what was found.
const readNumber: CellReader = cell => (decimal.test(cell.trim()) ? Number(cell) : cell)
const booleans = new Map([['true', true], ['1', true], ['false', false], ['0', false]])
const readBoolean: CellReader = cell => booleans.get(cell.trim().toLowerCase()) ?? cell
const readText: CellReader = cell => cell

const readerOf = (schema: unknown): CellReader => {
  let inner = schema
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) inner = inner.unwrap()
  if (inner instanceof z.ZodNumber) return readNumber
  return inner instanceof z.ZodBoolean ? readBoolean : readText
}

/** Column names of a header row. @throws FB_IMPORT_FORMAT on a name given twice or left empty. */
export function columnsOf(header: readonly string[]): string[] {
  const columns = header.map(name => name.trim())
  const twice = columns.find((name, index) => columns.indexOf(name) !== index)
  if (columns.includes('')) throw new FishboneError('FB_IMPORT_FORMAT', 'the header row has a column without a name')
  if (twice !== undefined) throw new FishboneError('FB_IMPORT_FORMAT', `the header row names the column "${twice}" twice`)
  return columns
}

/**
 * Records of a CSV file with a header row. Cells become what the schema of the kind wants (`12034`, `true` or `1`), an empty cell is null; a row with more
 * cells than columns is refused, missing cells at its end are null.
 *
 * @throws FB_IMPORT_FORMAT when the header row names a column twice.
 */
export async function* readCsv(lines: AsyncIterable<SourceLine>, kind: CsvKind, delimiter = ','): AsyncGenerator<SourceItem> {
  const shape: Record<string, unknown> = recordSchemas[kind].shape
  let columns: { name: string; read: CellReader }[] | null = null
  for await (const row of readCsvRows(lines, delimiter)) {
    if (row.kind === 'refused') {
      yield row.item
    } else if (!columns) {
      columns = columnsOf(row.cells).map(name => ({ name, read: readerOf(shape[name]) }))
    } else if (row.cells.length > columns.length) {
      yield refusedItem(row.place, `the row has ${row.cells.length} cells, the header has ${columns.length}`, row.cells)
    } else {
      const cells = row.cells
      const value = Object.fromEntries(columns.map(({ name, read }, index) => [name, cells[index] ? read(cells[index]) : null]))
      yield { ...row.place, kind: 'value', value, flags: row.brokenUtf8 ? ['brokenUtf8'] : [] }
    }
  }
}
