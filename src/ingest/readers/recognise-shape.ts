import { complaintLayout } from './nhtsa-complaints.ts'
import { recallLayout } from './nhtsa-recalls.ts'
import { dtcDictionaryColumns } from './dtc-dictionary.ts'
import { dayOf } from './nhtsa-values.ts'
import { splitCells } from './csv-rows.ts'
import type { CsvKind } from './read-csv.ts'
import type { TabLayout } from './tab-rows.ts'

/** Public formats with an importer of their own, by the names `--format` takes. */
export const publicFormats = ['dtc-dictionary', 'obd-ontology', 'obdb-signals', 'obdb-snapshots', 'nhtsa-recalls', 'nhtsa-complaints'] as const
export type PublicFormat = (typeof publicFormats)[number]

export type Shape =
  | { name: 'empty' }
  | { name: 'ndjson' }
  | { name: 'csv'; delimiter: string; csvKind: CsvKind }
  | { name: PublicFormat }
  /** `hint` says what was seen, where that helps. */
  | { name: 'unknown'; hint: string | null }

/** The shapes Fishbone reads, for the refusal of a file that has none of them. */
export const knownShapes: readonly string[] = [
  'NDJSON: one JSON object a line, in a file named after its kind (vehicles, cases, software-installs, telemetry-snapshots, feedback, repair-orders) or with --kind',
  'CSV with a header row, for feedback (channel, sourceId, occurredAt, text, …) and software-installs (vin, module, version, installedAt, …)',
  'nhtsa-complaints: tab-separated, no header, 48 or more columns, ODI number in column 2',
  'nhtsa-recalls: tab-separated, no header, 24 or more columns, campaign number in column 2',
  'obdb-snapshots: NDJSON of decoded answers with make, model and values',
  'obdb-signals: one JSON object, signal name to make, model, name, unit, min, max',
  'dtc-dictionary: CSV with code, manufacturer, description, type, locale, is_generic, source_file',
  'obd-ontology: N-Triples of the OBD ontology',
]

const neededColumns: Record<CsvKind, string[]> = {
  feedback: ['channel', 'sourceId', 'occurredAt', 'text'],
  'software-installs': ['vin', 'module', 'version', 'installedAt'],
}

const fitsLayout = (line: string, layout: TabLayout): string[] | null => {
  const cells = line.split('\t').map(cell => cell.trim())
  return cells.length >= layout.minColumns && layout.key.test(cells[layout.keyColumn]!) ? cells : null
}

const isComplaint = (line: string): boolean => {
  const cells = fitsLayout(line, complaintLayout)
  return cells !== null && /^\d+$/.test(cells[0]!) && (dayOf(cells[15]) !== null || dayOf(cells[16]) !== null)
}
const isRecall = (line: string): boolean => fitsLayout(line, recallLayout) !== null

const isAnswer = (line: string): boolean => {
  if (!line.startsWith('{')) return false
  try {
    const value = JSON.parse(line) as Record<string, unknown>
    return typeof value['make'] === 'string' && typeof value['model'] === 'string' && typeof value['values'] === 'object' && value['values'] !== null
  } catch {
    return false
  }
}

const headerCells = (line: string, delimiter: string): string[] => {
  const cells = splitCells(line, delimiter)
  return Array.isArray(cells) ? cells.map(cell => cell.trim()) : []
}

const csvShape = (header: string): Shape | null => {
  for (const delimiter of [',', ';', '\t']) {
    const cells = headerCells(header, delimiter)
    for (const csvKind of ['feedback', 'software-installs'] as const) {
      if (neededColumns[csvKind].every(name => cells.includes(name))) return { name: 'csv', delimiter, csvKind }
    }
  }
  return null
}

const hintFor = (text: string, header: string): string | null => {
  if (/^\s*\[/.test(text)) return 'it is one JSON list; write one record a line instead'
  if (/^\s*\{/.test(text)) return 'it is one JSON document over several lines; write one record a line instead'
  const cells = [',', ';', '\t'].map(delimiter => headerCells(header, delimiter)).sort((a, b) => b.length - a.length)[0]!
  const near = (Object.entries(neededColumns) as [CsvKind, string[]][]).find(([, names]) => names.some(name => cells.includes(name)))
  if (!near) return null
  return `as CSV of ${near[0]} its header row lacks ${near[1].filter(name => !cells.includes(name)).join(', ')}`
}

const isJson = (line: string): boolean => {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

/** One line that begins an object and its first name: a document laid out over lines, or a list, is no NDJSON. */
const isNdjson = (lines: string[]): boolean => {
  const isList = lines[0]!.trimStart().startsWith('[') && !isJson(lines[0]!)
  return !isList && lines.some(line => /^\s*\{\s*["}]/.test(line))
}

const signalDictionary = /^\s*\{\s*"(?:[^"\\]|\\.)+"\s*:\s*\{[^{}]*"(?:unit|header|path)"\s*:/

const readableText = (opening: Buffer): string | null => {
  const utf16 = (opening[0] === 0xff && opening[1] === 0xfe) || (opening[0] === 0xfe && opening[1] === 0xff)
  return utf16 || opening.subarray(0, 8_192).includes(0) ? null : opening.toString('utf8').replace(/^\uFEFF/, '')
}

/** Tells the shape of a file by its opening alone, never by its name. */
export function recogniseShape(opening: Buffer): Shape {
  const text = readableText(opening)
  if (text === null) return { name: 'unknown', hint: 'it is not UTF-8 text' }
  const lines = text.split(/\r?\n/).filter(line => line.trim() !== '').slice(0, 100)
  const header = lines[0]
  if (header === undefined) return { name: 'empty' }
  if (lines.some(isComplaint)) return { name: 'nhtsa-complaints' }
  if (lines.some(isRecall)) return { name: 'nhtsa-recalls' }
  if (lines.some(line => /^(<[^>]+>|_:\S+)\s+<[^>]+>\s+(<|_:|")/.test(line))) return { name: 'obd-ontology' }
  if (signalDictionary.test(text)) return { name: 'obdb-signals' }
  if (lines.slice(0, 5).some(isAnswer)) return { name: 'obdb-snapshots' }
  if (dtcDictionaryColumns.every(name => headerCells(header, ',').includes(name))) return { name: 'dtc-dictionary' }
  const csv = csvShape(header)
  if (csv) return csv
  return isNdjson(lines) ? { name: 'ndjson' } : { name: 'unknown', hint: hintFor(text, header) }
}
