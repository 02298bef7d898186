import type { CarKeys } from '../graph/ports/case-store.ts'
import { matchingForm } from './terms.ts'
import type { IndexedCase } from './case-index.ts'
import { unescapeLevel } from '../domain/identifiers.ts'

/** Parts, lots and software of the question: named in its text, or carried by its car. Identifiers are equal or different, never similar. */
export type AskedIdentifiers = { parts: ReadonlySet<string>; lots: ReadonlySet<string>; releases: ReadonlySet<string>; suppliers: ReadonlySet<string> }

/** Null where the question knows of none. */
export type IdentifierMatch = { part: boolean | null; lot: boolean | null; version: boolean | null }

/** Identifiers of past cases by how people write them: a part number, a lot number, a version. */
export type IdentifierTable = ReadonlyMap<string, { kind: 'parts' | 'lots' | 'releases'; id: string }[]>

/** A short number stands for many things. */
const shortestIdentifier = 4
const tokens = /[\p{Script=Latin}\p{N}][\p{Script=Latin}\p{N}._\-/@%]*[\p{Script=Latin}\p{N}]/gu

const isTelling = (token: string): boolean => token.length >= shortestIdentifier && /\p{N}/u.test(token)
const lastPart = (id: string, joint: string): string => unescapeLevel(id.slice(id.lastIndexOf(joint) + 1))

/** How people write the identifiers of the cases: part number, lot with and without its part, version with and without its module. */
export function createIdentifierTable(cases: Iterable<IndexedCase>): IdentifierTable {
  const table = new Map<string, { kind: 'parts' | 'lots' | 'releases'; id: string }[]>()
  const add = (spelling: string, kind: 'parts' | 'lots' | 'releases', id: string): void => {
    const key = matchingForm(spelling)
    const known = table.get(key) ?? []
    if (isTelling(key) && !known.some(one => one.id === id && one.kind === kind)) table.set(key, [...known, { kind, id }])
  }
  for (const { parts, lots, releases } of cases) {
    for (const id of parts) add(unescapeLevel(id), 'parts', id)
    for (const id of lots) [id, lastPart(id, '/')].forEach(spelling => add(spelling, 'lots', id))
    for (const id of releases) [id, lastPart(id, '@')].forEach(spelling => add(spelling, 'releases', id))
  }
  return table
}

/** What the text names of them, together with what the car carries. */
export function askedIdentifiers(text: string, table: IdentifierTable, car: CarKeys | null): AskedIdentifiers {
  const asked = { parts: new Set(car?.parts), lots: new Set(car?.lots), releases: new Set(car?.releases), suppliers: new Set(car?.suppliers) }
  if (table.size === 0) return asked
  for (const [token] of matchingForm(text).matchAll(tokens)) for (const { kind, id } of table.get(token) ?? []) asked[kind].add(id)
  return asked
}

const matches = (asked: ReadonlySet<string>, affected: readonly string[]): boolean | null => (asked.size === 0 ? null : affected.some(id => asked.has(id)))

/** Which of the asked parts, lots and versions a case affected. */
export const matchIdentifiers = ({ parts, lots, releases }: IndexedCase, asked: AskedIdentifiers): IdentifierMatch => ({
  part: matches(asked.parts, parts), lot: matches(asked.lots, lots), version: matches(asked.releases, releases),
})
