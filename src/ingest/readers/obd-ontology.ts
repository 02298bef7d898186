import { FishboneError } from '../../domain/error.ts'
import type { ImportTables } from './import-tables.ts'
import { referenceItem, type ReferenceItem } from './reference-rows.ts'
import type { SourceLine } from './split-lines.ts'

const triple = /^(<[^>]*>|_:\S+)\s+<([^>]*)>\s+(?:<([^>]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"(?:@[\w-]+|\^\^<[^>]*>)?)\s*\.\s*(?:#.*)?$/

/** Links must be joined before they mean anything, so they are held; the published ontology has 33,000 triples. */
const maxTriples = 2_000_000

const localName = (iri: string): string => iri.slice(Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1)

const escapes: Record<string, string> = { t: '\t', b: '\b', n: '\n', r: '\r', f: '\f', '"': '"', "'": "'", '\\': '\\' }
const unescape = (text: string): string =>
  text.replace(/\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|\\(.)/g, (whole, four?: string, eight?: string, one?: string) => {
    const point = four ?? eight
    if (point === undefined) return escapes[one ?? ''] ?? whole
    return Number.parseInt(point, 16) <= 0x10ffff ? String.fromCodePoint(Number.parseInt(point, 16)) : '\uFFFD'
  })

/** The five statements that tie a fault code to the components it points at: code ← association → component, with an order. */
const createLinks = () => ({
  code: new Map<string, string>(),
  component_name: new Map<string, string>(),
  pointsTo: new Map<string, string>(),
  priority_id: new Map<string, string>(),
  hasAssociation: new Map<string, string[]>(),
})
type Links = ReturnType<typeof createLinks>

const note = (links: Links, subject: string, predicate: string, object: string): void => {
  if (predicate === 'hasAssociation') {
    const known = links.hasAssociation.get(subject)
    if (known) known.push(object)
    else links.hasAssociation.set(subject, [object])
  } else if (predicate === 'code' || predicate === 'component_name' || predicate === 'pointsTo' || predicate === 'priority_id') links[predicate].set(subject, object)
}

/** Vocabulary key of a component's name where a rule knows it, else the name itself. */
export function ontologyComponent(name: string, { unclassified, rules }: ImportTables['ontologyComponents']): string {
  const known = unclassified.test(name) ? undefined : rules.find(({ pattern }) => pattern.test(name))
  return known?.component ?? name
}

/**
 * N-Triples of the OBD ontology as suspect components per generic fault code, ranked by the ontology's own order; names that fall on one vocabulary key are one
 * suspect, at the best of their ranks.
 *
 * @throws FB_IMPORT_FORMAT when the file has more than two million triples.
 */
export async function* readObdOntology(lines: AsyncIterable<SourceLine>, tables: ImportTables): AsyncGenerator<ReferenceItem> {
  const links = createLinks()
  let triples = 0
  for await (const line of lines) {
    const text = line.kind === 'text' ? line.text.trim() : null
    if (text === '' || text?.startsWith('#')) continue
    const match = text === null ? null : triple.exec(text)
    if (!match) {
      yield { kind: 'refused', line: line.line, errors: [{ path: '', message: text === null ? 'the line is over 1 MiB' : 'not a triple' }], raw: text }
      continue
    }
    if (++triples > maxTriples) throw new FishboneError('FB_IMPORT_FORMAT', `an ontology of more than ${maxTriples} triples`)
    const literal = match[5]
    note(links, match[1]!.replace(/[<>]/g, ''), localName(match[2]!), literal === undefined ? (match[3] ?? match[4] ?? '') : unescape(literal))
  }
  yield* suspectsOf(links, tables)
}

function* suspectsOf(links: Links, tables: ImportTables): Generator<ReferenceItem> {
  for (const [dtc, associations] of links.hasAssociation) {
    const named = associations
      .map(id => ({ name: links.component_name.get(links.pointsTo.get(id) ?? '')?.trim(), priority: Number(links.priority_id.get(id) ?? Number.NaN) }))
      .filter(({ name }) => name)
      .sort((a, b) => (Number.isNaN(a.priority) ? Infinity : a.priority) - (Number.isNaN(b.priority) ? Infinity : b.priority) || (a.name! < b.name! ? -1 : 1))
    const suspects = new Map<string, number>()
    for (const { name } of named) {
      const component = ontologyComponent(name!, tables.ontologyComponents)
      if (!suspects.has(component)) suspects.set(component, suspects.size + 1)
    }
    for (const [component, rank] of suspects) yield referenceItem('dtc-suspects', { code: links.code.get(dtc), component, rank }, 1)
  }
}
