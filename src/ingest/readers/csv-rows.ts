import { oversizeItem } from './read-ndjson.ts'
import { refusedItem, type SourceItem, type SourcePlace } from './source-item.ts'
import { maxLineBytes, type SourceLine } from './split-lines.ts'

/** Cells of one record, or a refusal. A cell may hold line ends; `place.line` is where the record starts. */
export type CsvRow = { kind: 'row'; place: SourcePlace; cells: string[]; brokenUtf8: boolean } | { kind: 'refused'; item: SourceItem }

type TextLine = SourceLine & { kind: 'text' }

/**
 * Cells of a text by RFC 4180; `open` when a quoted cell is not closed at its end, `malformed` when one goes on after its closing quote. A quote inside an
 * unquoted cell is a plain character.
 */
export function splitCells(text: string, delimiter: string): string[] | 'open' | 'malformed' {
  if (!text.includes('"')) return text.split(delimiter)
  const cells: string[] = []
  for (let at = 0; ; at++) {
    if (text[at] === '"') {
      const quoted = readQuoted(text, at + 1)
      if (!quoted) return 'open'
      cells.push(quoted.cell)
      at = quoted.end
      if (at < text.length && text[at] !== delimiter) return 'malformed'
    } else {
      const end = text.indexOf(delimiter, at)
      cells.push(text.slice(at, end === -1 ? undefined : end))
      at = end === -1 ? text.length : end
    }
    if (at >= text.length) return cells
  }
}

const readQuoted = (text: string, start: number): { cell: string; end: number } | null => {
  let cell = ''
  for (let at = start; ; ) {
    const quote = text.indexOf('"', at)
    if (quote === -1) return null
    cell += text.slice(at, quote)
    if (text[quote + 1] !== '"') return { cell, end: quote + 1 }
    cell += '"'
    at = quote + 2
  }
}

/**
 * Records of a CSV text. A quoted cell may run over lines; one that is not closed within 1 MiB, or at all, costs its first line only: reading goes on at the
 * line after it. Empty lines are passed over.
 */
export async function* readCsvRows(lines: AsyncIterable<SourceLine>, delimiter: string): AsyncGenerator<CsvRow> {
  const pending = createPendingRecord(delimiter)
  for await (const line of lines) {
    if (line.kind === 'text') yield* pending.add(line)
    else {
      yield* pending.abandonAll()
      yield { kind: 'refused', item: oversizeItem(line) }
    }
  }
  yield* pending.abandonAll()
}

/** The lines of a record whose quoted cell is still open. */
function createPendingRecord(delimiter: string) {
  let open: TextLine[] = []
  let openBytes = 0
  const empty = (): TextLine[] => {
    const lines = open
    open = []
    openBytes = 0
    return lines
  }
  function* add(line: TextLine): Generator<CsvRow> {
    if (open.length === 0 && line.text.trim() === '') return
    open.push(line)
    openBytes += line.bytes + 1
    // Only a line with a quote can close the cell: trying the others would cut a long cell anew for each of its lines.
    const cells = open.length === 1 || line.text.includes('"') ? splitCells(open.map(part => part.text).join('\n'), delimiter) : 'open'
    if (Array.isArray(cells)) {
      const bytes = openBytes
      yield rowOf(empty(), bytes, cells)
    } else if (cells === 'malformed') yield* abandon('a quoted cell goes on after its closing quote')
    else if (openBytes > maxLineBytes) yield* abandon('a quoted cell is not closed')
  }
  function* abandon(reason: string): Generator<CsvRow> {
    const [first, ...rest] = empty()
    if (!first) return
    yield { kind: 'refused', item: refusedItem({ line: first.line, position: first.line, bytes: first.bytes }, reason, first.text) }
    for (const line of rest) yield* add(line)
  }
  function* abandonAll(): Generator<CsvRow> {
    while (open.length > 0) yield* abandon('a quoted cell is not closed')
  }
  return { add, abandonAll }
}

const rowOf = (lines: TextLine[], bytes: number, cells: string[]): CsvRow => {
  const line = lines[0]!.line
  return { kind: 'row', place: { line, position: line, bytes }, cells, brokenUtf8: lines.some(part => part.brokenUtf8) }
}
