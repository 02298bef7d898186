import { refusedItem, type SourceItem } from './source-item.ts'
import type { SourceLine } from './split-lines.ts'

/** Refusal of a line whose content was let go because of its length. */
export const oversizeItem = (line: SourceLine, position = line.line): SourceItem =>
  refusedItem({ line: line.line, position, bytes: 0 }, `the line is over 1 MiB (${line.bytes} bytes)`, null)

/** Where and why JSON breaks, without quoting the line: it may hold what a person said. */
const reasonOf = (error: unknown, text: string): string => {
  const said = error instanceof Error ? error.message : String(error)
  // The wording differs between versions of Node; a position at the end of the line is the one thing that means "more was to come".
  const at = Number(/position (\d+)/.exec(said)?.[1] ?? Number.NaN)
  if (/unexpected end|unterminated/i.test(said) || at >= text.length) return 'not JSON: the line ends too early'
  return Number.isNaN(at) ? 'not JSON' : `not JSON: unexpected character at column ${at + 1}`
}

/** One JSON value a line; empty lines are passed over. Positions are line numbers. */
export async function* readNdjson(lines: AsyncIterable<SourceLine>): AsyncGenerator<SourceItem> {
  for await (const line of lines) {
    if (line.kind === 'oversize') {
      yield oversizeItem(line)
      continue
    }
    if (line.text.trim() === '') continue
    const place = { line: line.line, position: line.line, bytes: line.bytes }
    let value: unknown
    try {
      value = JSON.parse(line.text)
    } catch (error) {
      yield refusedItem(place, reasonOf(error, line.text), line.text)
      continue
    }
    yield { ...place, kind: 'value', value, flags: line.brokenUtf8 ? ['brokenUtf8'] : [] }
  }
}
