import { withDerivedColumns, type DerivedColumn, type Level, type Projection } from './projection-columns.ts'

/** Raised whenever what the bytes mean changes: a file of another format is read as none. */
const format = 1
const magic = 0x4642_464c
const alignment = 8

type Column = Exclude<keyof Projection, 'ids' | 'weekNames' | 'firstWeek' | 'models' | 'levels' | DerivedColumn>
type ColumnType = { new (buffer: ArrayBufferLike, from: number, length: number): Int32Array | Uint32Array | Uint16Array; BYTES_PER_ELEMENT: number }
const columns: Record<Column, ColumnType> = {
  soldAt: Int32Array, model: Uint16Array, region: Int32Array, plant: Int32Array, week: Int32Array, bundleOffsets: Uint32Array, bundleLevels: Uint32Array,
  entryOffsets: Uint32Array, entryBundle: Uint32Array, entryFrom: Int32Array, entryTo: Int32Array,
}
const names = Object.keys(columns) as Column[]

type Header = {
  lengths: Record<Column, number>
  idBytes: number
  firstWeek: number
  weekNames: string[]
  models: string[]
  levels: [Level['dimension'], string, string | null, boolean][]
  stamp: unknown
}

/**
 * A projection as bytes: a prefix (magic, format, length of the header), the header as JSON, ids, columns; each part begins at a multiple of 8.
 * The columns are not copied: the parts are views on them.
 *
 * @param stamp what the reader gets back beside the projection, plain JSON.
 */
export const encodeProjection = (projection: Projection, stamp: unknown): Uint8Array[] => {
  const ids = Buffer.from(projection.ids.join('\n'))
  const { firstWeek, weekNames, models, levels } = projection
  const header: Header = {
    lengths: Object.fromEntries(names.map(name => [name, projection[name].length])) as Header['lengths'],
    idBytes: ids.length,
    firstWeek, weekNames: [...weekNames], models: [...models],
    levels: levels.map(({ dimension, level, component, known }) => [dimension, level, component, known]),
    stamp,
  }
  const text = Buffer.from(JSON.stringify(header))
  const prefix = new Uint32Array([magic, format, text.length, 0])
  const parts = [prefix, text, ids, ...names.map(name => projection[name])]
  return parts.flatMap(part => {
    const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength)
    return [bytes, new Uint8Array(padding(bytes.length))]
  })
}

const padding = (length: number): number => (alignment - (length % alignment)) % alignment

/**
 * The projection and stamp in the bytes of `encodeProjection`; null where they are of another format or cut short. Its columns are views on the
 * bytes: give it shared memory that begins at a multiple of 8.
 */
export const decodeProjection = (bytes: Uint8Array): { projection: Projection; stamp: unknown } | null => {
  if (bytes.length < 16) return null
  const [foundMagic, foundFormat, headerLength] = new Uint32Array(bytes.buffer, bytes.byteOffset, 4)
  if (foundMagic !== magic || foundFormat !== format || 16 + headerLength! > bytes.length) return null
  const textOf = (from: number, length: number): string => Buffer.from(bytes.subarray(from, from + length)).toString()
  const header = JSON.parse(textOf(16, headerLength!)) as Header
  let at = 16 + headerLength! + padding(headerLength!)
  const take = (length: number): number => {
    const from = at
    at += length + padding(length)
    return from
  }
  const idsAt = take(header.idBytes)
  const places = names.map(name => [name, take(header.lengths[name] * columns[name].BYTES_PER_ELEMENT)] as const)
  if (at !== bytes.length) return null
  const stored = Object.fromEntries(places.map(([name, from]) =>
    [name, new columns[name](bytes.buffer, bytes.byteOffset + from, header.lengths[name])])) as Pick<Projection, Column>
  const { firstWeek, weekNames, models, levels } = header
  const projection = withDerivedColumns({
    ...stored,
    ids: header.idBytes === 0 ? [] : textOf(idsAt, header.idBytes).split('\n'),
    firstWeek, weekNames, models,
    levels: levels.map(([dimension, level, component, known]) => ({ dimension, level, component, known })),
  })
  return { projection, stamp: header.stamp }
}
