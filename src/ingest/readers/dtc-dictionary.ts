import { parseDtc } from '../../domain/dtc.ts'
import { FishboneError } from '../../domain/error.ts'
import { readCsvRows } from './csv-rows.ts'
import { columnsOf } from './read-csv.ts'
import { referenceItem, type ReferenceItem } from './reference-rows.ts'
import type { SourceLine } from './split-lines.ts'

export const dtcDictionaryColumns = ['code', 'manufacturer', 'description', 'locale', 'is_generic'] as const

/**
 * CSV `code, manufacturer, description, type, locale, is_generic, source_file` as definitions by (code, maker); `is_generic` makes the maker `GENERIC`.
 *
 * @throws FB_IMPORT_FORMAT when a needed column is missing.
 */
export async function* readDtcDictionary(lines: AsyncIterable<SourceLine>): AsyncGenerator<ReferenceItem> {
  let columns: string[] | null = null
  for await (const row of readCsvRows(lines, ',')) {
    if (row.kind === 'refused') {
      if (row.item.kind === 'refused') yield { kind: 'refused', line: row.item.line, errors: row.item.errors, raw: row.item.raw }
    } else if (!columns) {
      columns = columnsOf(row.cells)
      const missing = dtcDictionaryColumns.filter(name => !columns!.includes(name))
      if (missing.length > 0) throw new FishboneError('FB_IMPORT_FORMAT', `the header row lacks ${missing.join(', ')}`)
    } else {
      yield definitionOf(columns, row.cells, row.place.line)
    }
  }
}

const definitionOf = (columns: string[], cells: string[], line: number): ReferenceItem => {
  const raw = Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? '']))
  const code = parseDtc(raw['code'] ?? '')?.code ?? raw['code']
  const maker = raw['is_generic'] === '1' ? 'GENERIC' : (raw['manufacturer'] ?? '').trim().toUpperCase()
  return referenceItem('dtc-definitions', { code, maker, meaning: raw['description'], language: raw['locale'] || 'en' }, line, raw)
}
