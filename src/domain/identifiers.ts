import { createHash } from 'node:crypto'

const shortAndClean = /^[A-Za-z0-9._:@/%*-]{1,120}$/
const hashed = /^h_[0-9a-f]{32}$/

/** First 32 hex digits of SHA-256 over the parts, joined by NUL. */
export const shortHash = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32)

/**
 * The `id` of a node: its natural key where that is short and clean, else `h_` and a hash of label and key. Different keys of one label have
 * different ids: a key that itself looks like such a hash is hashed too.
 */
export const nodeId = (label: string, key: string): string =>
  shortAndClean.test(key) && !hashed.test(key) ? key : `h_${shortHash(label, key)}`

/**
 * A part number, lot, module or version inside a level: `/` and `@` are written `%2F`, `%40`. A `%` is written `%25` only where it would
 * read as one of these three, so that two different identifiers never become one and `50%` stays as it is.
 */
export const escapeLevel = (identifier: string): string =>
  identifier.replace(/%(?=2F|40|25)/g, '%25').replaceAll('/', '%2F').replaceAll('@', '%40')

/** The identifier that `escapeLevel` was given. */
export const unescapeLevel = (written: string): string =>
  written.replace(/%(2F|40|25)/g, (_, code: string) => ({ '2F': '/', '40': '@', '25': '%' })[code] as string)

/** Level of the dimension `lot`: `partNo/lot`, `partNo/unknown` where no lot is known. */
export const lotLevel = (partNo: string, lot: string | null): string => `${escapeLevel(partNo)}/${lot === null ? 'unknown' : escapeLevel(lot)}`

/** Level of the dimension `software`: `module@version`. */
export const softwareLevel = (module: string, version: string): string => `${escapeLevel(module)}@${escapeLevel(version)}`

/** @returns module and version of a level `module@version`, null for any other text. */
export function parseSoftwareLevel(level: string): { module: string; version: string } | null {
  const [module, version, ...more] = level.split('@')
  return module?.trim() && version?.trim() && more.length === 0
    ? { module: unescapeLevel(module.trim()), version: unescapeLevel(version.trim()) }
    : null
}

/** `make/model/year` in lower case, `*` for a side that is not given. */
export const modelYearKey = (make: string | null, model: string | null, modelYear: number | null): string =>
  [make, model, modelYear?.toString() ?? null].map(side => (side === null ? '*' : escapeLevel(side.toLowerCase()))).join('/')

/** Key of a component: a vocabulary key as it is, a free word under `unclassified`. */
export const componentKey = (word: string, isKnown: (key: string) => boolean): string =>
  isKnown(word) ? word : `${unclassifiedPrefix}${word}`

export const unclassifiedPrefix = 'unclassified:'

/** The free word behind an unclassified key, null for a key of the vocabulary. */
export const freeWordOf = (key: string): string | null =>
  key.startsWith(unclassifiedPrefix) ? key.slice(unclassifiedPrefix.length) : null
