import { shortHash } from './identifiers.ts'
import { matchingCopy } from './normalised-copy.ts'

/** A word, number or identifier of Latin script, or one Han, kana or Hangul character. */
const unspaced = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}]'
const letters = `(?:(?!${unspaced})[\\p{L}\\p{N}])+`
const tokenPattern = new RegExp(`${unspaced}|${letters}(?:[.\\-/']${letters})*`, 'gu')
const single = new RegExp(`^${unspaced}$`, 'u')
const plainNumber = /^\d+(?:[.,]\d+)?$/

/** Characters and words of a text in the form in which texts are compared; punctuation is dropped, every script kept. */
const tokensOf = (text: string): string[] => matchingCopy(text).text.match(tokenPattern) ?? []

/** A text in the two forms in which it is compared with others. */
export type NearText = {
  /** Equal for texts that differ only in case, script variant, white space and punctuation. Numbers and identifiers count. */
  readonly key: string
  /** Runs of three characters (Han) or words (Latin), plain numbers masked; a shorter text is one run. */
  readonly shingles: ReadonlySet<string>
  /** How much it says: a Latin word counts as two Han characters. */
  readonly weight: number
}

export const readNearText = (text: string): NearText => {
  const tokens = tokensOf(text)
  const masked = tokens.map(token => (plainNumber.test(token) ? '#' : token))
  const shingles = new Set<string>()
  for (let at = 0; at + 3 <= masked.length; at++) shingles.add(masked.slice(at, at + 3).join(' '))
  if (shingles.size === 0 && masked.length > 0) shingles.add(masked.join(' '))
  return { key: shortHash(tokens.join(' ')), shingles, weight: tokens.reduce((sum, token) => sum + (single.test(token) ? 1 : 2), 0) }
}

/** Jaccard similarity in [0, 1] of two sets; 0 where both are empty. */
export const jaccard = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  const [smaller, larger] = a.size <= b.size ? [a, b] : [b, a]
  let shared = 0
  for (const one of smaller) if (larger.has(one)) shared++
  const union = a.size + b.size - shared
  return union === 0 ? 0 : shared / union
}

/** 32 bands of 4 rows find a pair of Jaccard .6 with probability .988, one of .3 with .23 (Broder 1997; 1 − (1 − s^r)^b). */
export const bands = 32
const rows = 4

/** FNV-1a, then the finaliser of MurmurHash3: short strings alike in all but one letter get unlike hashes. */
const hash32 = (text: string): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return mix(hash)
}

const mix = (value: number): number => {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** One hash function a row: the golden ratio spreads the seeds. */
const seeds = Uint32Array.from({ length: bands * rows }, (_, at) => mix(Math.imul(at + 1, 0x9e3779b1)))

/** MinHash signature: for each of 128 hash functions the least hash of any shingle. */
const signatureOf = (shingles: ReadonlySet<string>): Uint32Array => {
  const signature = new Uint32Array(seeds.length).fill(0xffffffff)
  for (const shingle of shingles) {
    const hash = hash32(shingle)
    for (let at = 0; at < seeds.length; at++) {
      const value = mix(hash ^ seeds[at]!)
      if (value < signature[at]!) signature[at] = value
    }
  }
  return signature
}

const dayMs = 86_400_000
/** Days that share a bucket: texts at most this far apart lie in the same bucket or in neighbours. */
export const bucketDays = 7

/** Number of the week of an instant. */
export const bucketOf = (occurredAt: string): number => Math.floor(Date.parse(occurredAt) / (bucketDays * dayMs))

/** Below this a text says too little: two people say the same few words. Eight words, or sixteen Han characters. */
export const distinctiveWeight = 16

/** By bucket, one 32-bit hash a band; none for a text that is not distinctive. */
const bandHashes = (text: NearText, buckets: readonly number[]): { bucket: number; hashes: number[] }[] => {
  if (text.weight < distinctiveWeight) return []
  const signature = signatureOf(text.shingles)
  const hashes = Array.from({ length: bands }, (_, band) => signature.slice(band * rows, (band + 1) * rows).join(' '))
  return buckets.map(bucket => ({ bucket, hashes: hashes.map((hash, band) => hash32(`${bucket} ${band} ${hash}`)) }))
}

const bandTokens = (text: NearText, buckets: readonly number[]): string =>
  bandHashes(text, buckets).flatMap(({ hashes }) => hashes.map(hash => hash.toString(36))).join(' ')

/** The hashes behind stored words. */
export const hashesOfBands = (stored: string): number[] => (stored === '' ? [] : stored.split(' ').map(word => Number.parseInt(word, 36)))

/** What a text is found by among those of its week: one word a band, for an index of words. Empty for a text that is not distinctive. */
export const bandsToStore = (text: NearText, occurredAt: string): string => bandTokens(text, [bucketOf(occurredAt)])

const bucketsAround = (occurredAt: string): number[] => {
  const bucket = bucketOf(occurredAt)
  return [bucket - 1, bucket, bucket + 1]
}

/** The words to ask that index for: the text's own week and both neighbours. */
export const bandsToAsk = (text: NearText, occurredAt: string): string => bandTokens(text, bucketsAround(occurredAt))

/** The same as hashes by week, for an index in memory. */
export const bandHashesToAsk = (text: NearText, occurredAt: string): { bucket: number; hashes: number[] }[] => bandHashes(text, bucketsAround(occurredAt))

/** First instants of a week and of the next one. */
export const bucketSpan = (bucket: number): { from: string; to: string } => ({
  from: new Date(bucket * bucketDays * dayMs).toISOString(), to: new Date((bucket + 1) * bucketDays * dayMs).toISOString(),
})
