import { stripInvisible } from '../../domain/normalised-copy.ts'
import { splitCells } from '../../ingest/readers/csv-rows.ts'

/** What names somebody in a file as it was sent. */
export type NamedBy = {
  /** Strings of their own wherever they stand, whatever their case: VINs, pseudonyms of cars. */
  words: readonly string[]
  /** Whole values: the reference of the person, ids of their records. */
  values: readonly string[]
}

/** Fields whose value may have been sent as a number. */
const namingFields = new Set(['personRef', 'sourceId'])
const delimiters = [',', ';', '\t', '|']

const isAscii = (text: string): boolean => !/[\u0080-\uffff]/.test(text)
/** The form VINs are compared in, see `checkVin`. */
const folded = (text: string): string => (isAscii(text) ? text : stripInvisible(text).normalize('NFKC')).toUpperCase()

const parsedObject = (text: string): object | null => {
  try {
    const value = JSON.parse(text.replace(/^\uFEFF/, '')) as unknown
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
/** Text with the escapes of JSON undone, as far as it has any that are whole. */
const withoutEscapes = (text: string): string =>
  text.replace(/\\(?:u([0-9a-f]{4})|(.))/gi, (_, code: string | undefined, mark: string) => (code === undefined ? (escapes[mark] ?? mark) : String.fromCharCode(Number.parseInt(code, 16))))

/** Cells of a row whatever it is separated by; a row that breaks the rules of quotes is cut at every separator. */
const cellsOf = (row: string): string[] => {
  const plain = row.split(/[,;\t|\r\n]/).map(cell => cell.trim().replace(/^"(.*)"$/, '$1'))
  const quoted = row.includes('"') ? delimiters.map(delimiter => splitCells(row.trim(), delimiter)) : []
  return [...plain, ...quoted.flatMap(cells => (Array.isArray(cells) ? cells : []))]
}

/** Whether a record, as it was sent or as it was read, names somebody. One test for files that wait and for lines that were refused. */
export const createNames = ({ words, values }: NamedBy) => {
  const own = words.map(folded)
  const whole = new Set(values)
  const isWhole = (text: string): boolean => whole.has(text) || whole.has(text.trim())
  const hasWord = (text: string): boolean => {
    const plain = folded(text)
    return own.some(word => plain.includes(word))
  }

  const inObject = (value: unknown, field = ''): boolean => {
    if (typeof value === 'string') return isWhole(value) || hasWord(value)
    if (typeof value === 'number') return namingFields.has(field) && whole.has(String(value))
    if (Array.isArray(value)) return value.some(one => inObject(one, field))
    if (typeof value !== 'object' || value === null) return false
    return Object.entries(value).some(([key, one]) => hasWord(key) || inObject(one, key))
  }

  /** Of a text that may end anywhere: a value counts in quotes, or where the text ends in it. */
  const isQuotedIn = (text: string): boolean => values.some(value => ['"', "'"].some(quote => text.includes(quote + value + quote) || text.trimEnd().endsWith(quote + value)))
  const inText = (text: string): boolean => {
    const bare = withoutEscapes(text)
    if (hasWord(text) || hasWord(bare) || isQuotedIn(text) || isQuotedIn(bare)) return true
    return !/^\uFEFF?\s*\{/.test(text) && cellsOf(text.replace(/^\uFEFF/, '')).some(isWhole)
  }

  // Nearly every line is of others: where nothing is escaped or folded, what names somebody stands there letter by letter.
  const starts = values.map(value => value.split('"')[0]!.trim())
  const isOfOthers = (text: string): boolean => isAscii(text) && !text.includes('\\') && !starts.some(start => text.includes(start)) && !hasWord(text)

  return {
    /** A record as it stands in a file: a line of JSON, a row of cells, or what is left of one. */
    inRecord: (text: string): boolean => {
      if (isOfOthers(text)) return false
      const parsed = parsedObject(text)
      return parsed === null ? inText(text) : inObject(parsed)
    },
    /** A refused line as it is kept: `record` is what was read, or the text of a line that could not be read. */
    inRefusal: (line: string): boolean => {
      const parsed = parsedObject(line)
      if (parsed === null) return inText(line)
      const { record } = parsed as { record?: unknown }
      return inObject(parsed) || (typeof record === 'string' && inText(record))
    },
  }
}

export type Names = ReturnType<typeof createNames>
