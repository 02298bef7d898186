/** What a node or relationship holds as the archive's JSON writes it: whole numbers and fractions stay apart, vectors are short. */
export type ArchivedValue = string | number | boolean | null | ArchivedValue[] | { i: string } | { f: string } | { v: string }

/** Shorter lists are as short in plain JSON, and readable there. */
const shortestVector = 32

const isVector = (value: readonly unknown[]): value is number[] =>
  value.length >= shortestVector && value.every(one => typeof one === 'number' && Math.fround(one) === one)

/**
 * @param value of a property: whole numbers as bigint, fractions as number, as the graph copy gives them.
 * @throws TypeError for a kind of value that Fishbone never writes (a point, a date of the database).
 */
export const archiveValue = (value: unknown): ArchivedValue => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'bigint') return { i: String(value) }
  if (typeof value === 'number') return Number.isFinite(value) ? value : { f: String(value) }
  if (!Array.isArray(value)) throw new TypeError('a property of a kind that Fishbone does not write')
  return isVector(value) ? { v: Buffer.from(Float32Array.from(value).buffer).toString('base64') } : value.map(archiveValue)
}

/** The value again, as the database takes it. */
export const restoreValue = (value: ArchivedValue): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(restoreValue)
  if ('i' in value) return BigInt(value.i)
  if ('f' in value) return Number(value.f)
  const bytes = Buffer.from(value.v, 'base64')
  // A copy: a view needs an offset that is a multiple of four.
  return [...new Float32Array(new Uint8Array(bytes).buffer)]
}

/** All properties of one element. */
export const archiveProperties = (properties: Readonly<Record<string, unknown>>): Record<string, ArchivedValue> =>
  Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, archiveValue(value)]))

export const restoreProperties = (properties: Readonly<Record<string, ArchivedValue>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, restoreValue(value)]))
