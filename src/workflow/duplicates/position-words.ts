import { matchingCopy } from '../../domain/normalised-copy.ts'
import type { DuplicateRules } from './duplicate-rules.ts'

/** Where in the car, by axis (`side`, `end`, `row`, `seat`): the values a text names. An axis nobody speaks of is absent. */
export type Positions = ReadonlyMap<string, ReadonlySet<string>>

export type ReadPositions = (text: string) => Positions

const escape = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s+')
const fold = (word: string): string => matchingCopy(word).text.replaceAll('’', "'")
const longestFirst = (words: readonly string[]): string[] => words.map(fold).sort((a, b) => b.length - a.length).map(escape)

/** English words stand alone; Chinese ones have no border. */
const patternOf = ({ zh, en }: { zh: readonly string[]; en: readonly string[] }): RegExp | null => {
  const parts = [...longestFirst(zh), ...longestFirst(en).map(word => `(?<![a-z0-9])${word}(?![a-z0-9])`)]
  return parts.length === 0 ? null : new RegExp(parts.join('|'), 'gu')
}

/** Reads left and right, front and rear, rows and seats out of a text by the words of the rules; phrases that only sound like one are passed over. */
export const createReadPositions = (rules: Pick<DuplicateRules, 'positions' | 'notPositions'>): ReadPositions => {
  const masked = patternOf(rules.notPositions)
  const axes = Object.entries(rules.positions).map(([axis, values]) => ({
    axis,
    values: Object.entries(values).map(([value, words]) => ({ value, pattern: patternOf(words) })),
  }))
  return text => {
    const read = fold(text)
    const clean = masked ? read.replace(masked, match => '\u0000'.repeat(match.length)) : read
    const found = new Map<string, Set<string>>()
    for (const { axis, values } of axes) {
      const named = values.filter(({ pattern }) => pattern !== null && clean.search(pattern) >= 0).map(({ value }) => value)
      if (named.length > 0) found.set(axis, new Set(named))
    }
    return found
  }
}

/** Reads when something happens out of a text: while braking, in the cold … */
export const createReadConditions = (rules: Pick<DuplicateRules, 'conditions'>): ((text: string) => ReadonlySet<string>) => {
  const conditions = Object.entries(rules.conditions).map(([condition, words]) => ({ condition, pattern: patternOf(words) }))
  return text => {
    const read = fold(text)
    return new Set(conditions.filter(({ pattern }) => pattern !== null && read.search(pattern) >= 0).map(({ condition }) => condition))
  }
}

/** An axis on which both texts say a position and no position is common; null where they may speak of one place. */
export const positionConflict = (a: Positions, b: Positions): { a: string[]; b: string[] } | null => {
  for (const [axis, ofA] of a) {
    const ofB = b.get(axis)
    if (ofB && ![...ofA].some(value => ofB.has(value))) return { a: [...ofA], b: [...ofB] }
  }
  return null
}
