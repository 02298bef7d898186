import { mergeRows } from './merge-rows.ts'
import { oversizeItem } from './read-ndjson.ts'
import { refusedItem, type SourceItem, type SourcePlace } from './source-item.ts'
import type { SourceLine } from './split-lines.ts'

/** Where merged rows may be kept while a file is read: see `mergeRows`. */
export type MergeSpace = { expectedBytes: number; folder: string; memoryBytes?: number }

export type TabRow = { place: SourcePlace; cells: string[]; flags: string[] }

export type TabLayout = {
  /** Fewest columns of a row, in the oldest files. */
  minColumns: number
  /** Index of the column that rows are merged by, what it looks like and what it is called. */
  keyColumn: number
  key: RegExp
  keyName: string
}

/** A row, or a line that is none: both travel through the merge, so that neither can fill the memory. */
type Dealt = { refused: SourceItem } | { row: TabRow }

const readRow = (line: SourceLine, layout: TabLayout): Dealt => {
  if (line.kind === 'oversize') return { refused: oversizeItem(line) }
  // No quoting: a quote in these files is a character of the narrative.
  const cells = line.text.split('\t').map(cell => cell.trim())
  const place = { line: line.line, position: line.line, bytes: line.bytes }
  if (cells.length < layout.minColumns) {
    return { refused: refusedItem(place, `expected at least ${layout.minColumns} tab-separated columns, got ${cells.length}`, line.text) }
  }
  if (!layout.key.test(cells[layout.keyColumn]!)) {
    return { refused: refusedItem(place, `column ${layout.keyColumn + 1} is not ${layout.keyName}`, line.text) }
  }
  return { row: { place, cells, flags: line.brokenUtf8 ? ['brokenUtf8'] : [] } }
}

async function* dealRows(lines: AsyncIterable<SourceLine>, layout: TabLayout): AsyncGenerator<{ key: string; row: Dealt }> {
  for await (const line of lines) {
    if (line.kind === 'text' && line.text.trim() === '') continue
    const dealt = readRow(line, layout)
    yield { key: 'row' in dealt ? dealt.row.cells[layout.keyColumn]! : `refused line ${line.line}`, row: dealt }
  }
}

/**
 * Reads a tab-separated file without header, merges the rows of one key and makes one record of each group. The position of an item is its ordinal, its line that of
 * its first row.
 */
export async function* readMergedRows(
  lines: AsyncIterable<SourceLine>, layout: TabLayout, space: MergeSpace, toRecord: (rows: TabRow[]) => { value: unknown; flags: string[] },
): AsyncGenerator<SourceItem> {
  let position = 0
  for await (const group of mergeRows(dealRows(lines, layout), space)) {
    position++
    const rows = group.rows.flatMap(dealt => ('row' in dealt ? [dealt.row] : []))
    const [first] = rows
    if (!first) {
      for (const dealt of group.rows) if ('refused' in dealt) yield { ...dealt.refused, position }
      continue
    }
    const made = toRecord(rows)
    const flags = [...new Set([...rows.flatMap(row => row.flags), ...made.flags])]
    const bytes = rows.reduce((sum, row) => sum + row.place.bytes, 0)
    yield { line: first.place.line, position, bytes, kind: 'value', value: made.value, flags }
  }
}
