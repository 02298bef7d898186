import { z } from 'zod'

/** A diagnostic trouble code; `code` is canonical (`P0AA6`), `failureType` two upper-case hex digits or null where none was given. */
export const Dtc = z.object({
  code: z.string().regex(/^[PCBU][0-3][0-9A-F]{3}$/),
  failureType: z.string().regex(/^[0-9A-F]{2}$/).nullable(),
})
export type Dtc = z.infer<typeof Dtc>

const written = /^([PCBU][0-3][0-9A-F]{3})(?:-?([0-9A-F]{2}))?$/
const letters = ['P', 'C', 'B', 'U'] as const

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0')

/**
 * Reads one code as a field holds it: `P0AA6`, `p0aa600`, `P0AA6-00`, full-width forms and outer white space included.
 *
 * @returns null for anything else; a known shape with an unknown meaning is accepted.
 */
export function parseDtc(text: string): Dtc | null {
  const match = written.exec(text.normalize('NFKC').trim().toUpperCase())
  return match?.[1] ? { code: match[1], failureType: match[2] ?? null } : null
}

/** Canonical spelling: `P0AA6-00`, or `P0AA6` where no failure type is known. */
export const formatDtc = (dtc: Dtc): string => (dtc.failureType === null ? dtc.code : `${dtc.code}-${dtc.failureType}`)

/**
 * Decodes the two or three code bytes of a diagnostic answer; the status byte is a separate fourth byte and is not read here.
 *
 * @param bytes `[high, low]` or `[high, low, failureType]`, each 0–255.
 * @returns null when there are fewer than two or more than three bytes, or one is out of range.
 * @see ISO 15031-6, SAE J2012: bits 7–6 of the first byte give the letter, bits 5–4 the first digit.
 */
export function decodeDtcBytes(bytes: readonly number[]): Dtc | null {
  const [high, low, failureType] = bytes
  if (high === undefined || low === undefined || bytes.length > 3) return null
  if (!bytes.every(byte => Number.isInteger(byte) && byte >= 0 && byte <= 255)) return null
  const letter = letters[(high >> 6) as 0 | 1 | 2 | 3]
  const code = `${letter}${(high >> 4) & 3}${hex(high & 15, 1)}${hex(low, 2)}`
  return { code, failureType: failureType === undefined ? null : hex(failureType, 2) }
}

/** Bits of the ISO 14229 status byte. */
export const dtcStatusBits = {
  testFailed: 0x01,
  testFailedThisOperationCycle: 0x02,
  pendingDtc: 0x04,
  confirmedDtc: 0x08,
  testNotCompletedSinceLastClear: 0x10,
  testFailedSinceLastClear: 0x20,
  testNotCompletedThisOperationCycle: 0x40,
  warningIndicatorRequested: 0x80,
} as const

export type DtcEvidence = 'full' | 'weak' | 'none'

/**
 * How much a recorded code proves: none while its test has not run since the last clear; full when confirmed or failed since then;
 * weak when only pending. A null status counts in full, and the caller marks it as such.
 */
export function dtcEvidence(status: number | null): DtcEvidence {
  if (status === null) return 'full'
  if (status & dtcStatusBits.testNotCompletedSinceLastClear) return 'none'
  if (status & (dtcStatusBits.confirmedDtc | dtcStatusBits.testFailedSinceLastClear)) return 'full'
  return status & dtcStatusBits.pendingDtc ? 'weak' : 'none'
}

/** A code quoted in prose, at `[start, end)` of the text searched. */
export type DtcMention = Dtc & { start: number; end: number }

// A failure type is taken only where it is attached: in "P0300 20 times" the 20 is a number of times.
const quoted = /(?<![A-Za-z0-9])(?<![A-Za-z0-9][-_])([PCBU][0-3][0-9A-F]{3})(?:-?([0-9A-F]{2})(?![A-Za-z0-9]))?(?![A-Za-z0-9])/gi

/** Finds the codes quoted in a text, in order; the text is in NFKC form, so that full-width codes are seen. */
export function findDtcMentions(text: string): DtcMention[] {
  return Array.from(text.matchAll(quoted), match => ({
    code: (match[1] as string).toUpperCase(),
    failureType: match[2]?.toUpperCase() ?? null,
    start: match.index,
    end: match.index + match[0].length,
  }))
}
