import type { EvidenceValue } from '../domain/suggestion.ts'
import type { NumberMention } from './read-numbers.ts'

const countUnits = new Set(['claims', 'cars', 'vehicles', 'repairs', 'cases', 'uses', 'decisions', 'levels', 'count'])
const percentUnits = new Set(['%', 'percent'])
const shareUnits = new Set(['share', 'probability'])

/** Counts below this are said exactly. */
const exactBelow = 1_000

const near = (a: number, b: number, tolerance: number): boolean => Math.abs(a - b) <= tolerance + 1e-9 * Math.max(Math.abs(a), Math.abs(b))

/** Shown with d decimals it equals v when |shown − v| ≤ 0.5·10^−d, both in the scale shown; 0 equals only 0. */
const isRounded = ({ shown, decimals, scale }: NumberMention, value: number): boolean => {
  const meant = shown * scale
  if (near(meant, value, 0)) return true
  if (meant === 0 || value === 0) return false
  // A whole number is no rounding of a fraction: 1 would stand for every share above one half.
  if (Math.abs(value / scale) < 1 && decimals <= 0) return false
  return near(meant, value, 0.5 * 10 ** -decimals * scale)
}

const isOfProbability = (mention: NumberMention, value: number): boolean => {
  const limit = mention.shown * mention.scale
  if (mention.comparator === '<') return value < limit || near(value, limit, 0)
  if (mention.comparator === '>') return value > limit || near(value, limit, 0)
  return isRounded(mention, value)
}

const equals = (mention: NumberMention, { value, unit }: EvidenceValue): boolean => {
  if (mention.form === 'probability') return unit === 'probability' && isOfProbability(mention, value)
  if (mention.form === 'share') {
    if (percentUnits.has(unit)) return isRounded({ ...mention, scale: mention.scale / 0.01 }, value)
    return shareUnits.has(unit) && isRounded(mention, value)
  }
  if (mention.accepts !== null && !mention.accepts.includes(unit)) return false
  // A bare number speaks of no probability; that needs its p.
  if (mention.accepts === null && unit === 'probability') return false
  if (countUnits.has(unit) && Number.isInteger(value) && Math.abs(value) < exactBelow) return near(mention.shown * mention.scale, value, 0)
  return isRounded(mention, value)
}

/** A number of a sentence holds when it equals one value it may rest on; sums and shares must themselves be values. */
export const isSupportedNumber = (mention: NumberMention, values: readonly EvidenceValue[]): boolean =>
  mention.form !== 'unreadable' && values.some(value => equals(mention, value))
