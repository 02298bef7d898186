import { matchingCopy } from '../../domain/normalised-copy.ts'
import type { DuplicateRules } from './duplicate-rules.ts'

/** What a text pins down: numbers by unit, fault codes, versions, and other identifiers made of letters and digits. All compared exactly. */
export type ToldDetails = {
  numbers: ReadonlyMap<string, readonly number[]>
  dtcs: ReadonlySet<string>
  versions: ReadonlySet<string>
  identifiers: ReadonlySet<string>
}

export type ReadDetails = (text: string, dtcs: readonly string[]) => ToldDetails

const dtcShape = /^[pbcu][0-3][0-9a-f]{3}(?:-?[0-9a-f]{2})?$/
const version = /(?<![\w.])v?(\d+(?:\.\d+){2,3})(?![\w.]*\d)/g
const word = /[a-z0-9]+(?:[-/][a-z0-9]+)*/g
const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** @returns a reader of details; a number counts only with its unit behind it. */
export const createReadDetails = ({ units }: Pick<DuplicateRules, 'units'>): ReadDetails => {
  const unitOf = new Map(Object.entries(units).flatMap(([unit, words]) => words.map(one => [matchingCopy(one).text, unit] as const)))
  const names = [...unitOf.keys()].sort((a, b) => b.length - a.length).map(name => (/[a-z]$/.test(name) ? `${escape(name)}(?![a-z])` : escape(name)))
  const measured = new RegExp(`(?<![\\w.])(\\d{1,6}(?:\\.\\d+)?)\\s*(${names.join('|')})`, 'g')
  const unitTail = new RegExp(`^\\d+(?:${names.join('|')})$`)
  return (text, dtcs) => {
    const read = matchingCopy(text).text
    const numbers = new Map<string, number[]>()
    for (const [, value, name] of read.matchAll(measured)) {
      const unit = unitOf.get(name!)!
      numbers.set(unit, [...(numbers.get(unit) ?? []), Number(value)])
    }
    const versions = new Set([...read.matchAll(version)].map(([, digits]) => digits!))
    const identifiers = new Set((read.match(word) ?? []).filter(one => /[a-z]/.test(one) && /\d/.test(one) && one.length >= 3 && !dtcShape.test(one) && !unitTail.test(one)))
    return { numbers, versions, identifiers, dtcs: new Set(dtcs) }
  }
}

const disjoint = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean => a.size > 0 && b.size > 0 && ![...a].some(one => b.has(one))
const differ = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean => [...a].some(one => !b.has(one)) && [...b].some(one => !a.has(one))

/** Codes of which one is the other without its failure type are one; `P0A80-00` and `P0A80-01` are two. */
const dtcsDisjoint = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size > 0 && b.size > 0 && ![...a].some(one => [...b].some(other => one === other || one.startsWith(`${other}-`) || other.startsWith(`${one}-`)))

const firstOf = (set: ReadonlySet<string>): string => [...set][0] ?? ''

/**
 * What both texts name and name differently, so that they cannot be one report; null where nothing contradicts. Codes and versions contradict when
 * none is common; other identifiers only between texts of nearly the same words, where each has one that the other lacks.
 */
export const identifierConflict = (a: ToldDetails, b: ToldDetails, { nearText = false } = {}): { a: string; b: string } | null => {
  if (dtcsDisjoint(a.dtcs, b.dtcs)) return { a: firstOf(a.dtcs), b: firstOf(b.dtcs) }
  if (nearText && differ(a.dtcs, b.dtcs)) return { a: [...a.dtcs].find(one => !b.dtcs.has(one))!, b: [...b.dtcs].find(one => !a.dtcs.has(one))! }
  if (disjoint(a.versions, b.versions)) return { a: firstOf(a.versions), b: firstOf(b.versions) }
  if (nearText && differ(a.identifiers, b.identifiers))
    return { a: [...a.identifiers].find(one => !b.identifiers.has(one))!, b: [...b.identifiers].find(one => !a.identifiers.has(one))! }
  return null
}

const isNear = (a: number, b: number, tolerance: number): boolean => Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b))

/** Whether some unit is named in both and no two of its numbers are near. */
export const numbersContradict = (a: ToldDetails, b: ToldDetails, tolerance: number): boolean =>
  [...a.numbers].some(([unit, ofA]) => {
    const ofB = b.numbers.get(unit)
    return ofB !== undefined && !ofA.some(x => ofB.some(y => isNear(x, y, tolerance)))
  })

/** Numbers with unit and codes that both name, spelt for a person. */
export const sharedDetails = (a: ToldDetails, b: ToldDetails): string[] => [
  ...[...a.numbers].flatMap(([unit, ofA]) => [...new Set(ofA)].filter(x => x >= 10 && (b.numbers.get(unit) ?? []).includes(x)).map(x => `${x} ${unit}`)),
  ...[...a.dtcs].filter(code => b.dtcs.has(code)),
  ...[...a.versions].filter(one => b.versions.has(one)),
]
