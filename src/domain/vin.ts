import { stripInvisible } from './normalised-copy.ts'

const vinShape = /^[A-HJ-NPR-Z0-9]{17}$/

/** Upper case, full-width forms and invisible characters folded, outer white space cut: the one form in which VINs are compared. */
const canonicalVin = (text: string): string => stripInvisible(text).normalize('NFKC').trim().toUpperCase()

/** Whether a text is 17 characters of A–Z and 0–9 without I, O and Q. The check digit is not required: not every market uses it. */
export const isVinShaped = (text: string): boolean => vinShape.test(canonicalVin(text))

/** @returns the VIN in canonical upper case, or which rule of its shape is broken. */
export function checkVin(text: string): { ok: true; vin: string } | { ok: false; reason: string } {
  const vin = canonicalVin(text)
  if (vinShape.test(vin)) return { ok: true, vin }
  if (vin.length !== 17) return { ok: false, reason: `a VIN has 17 characters, this has ${vin.length}` }
  if (/[IOQ]/.test(vin)) return { ok: false, reason: 'a VIN never holds I, O or Q' }
  return { ok: false, reason: 'a VIN holds only A–Z and 0–9' }
}
