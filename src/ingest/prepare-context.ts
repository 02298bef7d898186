import { createHash } from 'node:crypto'
import { canonicalJson } from '../domain/canonical-json.ts'
import type { TextLinks } from '../domain/finding.ts'
import { componentKey, lotLevel, nodeId, shortHash, softwareLevel } from '../domain/identifiers.ts'
import { checkVin } from '../domain/vin.ts'
import type { PreparedFinding, PreparedKey, PreparedLot, SharedNodes } from '../graph/ports/record-store.ts'

/** What preparing a record needs of the rest of the project. */
export type PrepareDependencies = {
  linker: { link(redactedText: string, options?: { language?: string | null }): TextLinks }
  redactor: { redact(text: string): { text: string } }
  vinVault: { pseudonymOf(vin: string): string; seal(vin: string): string }
  vocabulary: {
    readonly version: string
    readonly components: { has(key: string): boolean }
    resolveComponent(name: string): string | null
  }
  /** Lots met so far, by what names them: thousands of cars share a few hundred, and preparing one costs more than writing its edge. */
  lotsMet?: Map<string, MetLot>
}

export type MetLot = { lot: PreparedLot; component: PreparedKey }

/** The shortest of what is known about a record: its node, and a hash that is equal for equal contents. */
export type RecordIdentity = { id: string; contentSha256: string }

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

export const json = (value: unknown): string | null => {
  if (value == null) return null
  const text = canonicalJson(value)
  return text === '{}' || text === '[]' ? null : text
}

/** The vehicle an event names; a VIN of a wrong shape is dropped, and the event says so. */
export function vehicleOf(vin: string | null | undefined, { vinVault }: PrepareDependencies): {
  vehicle: { id: string; vinSealed: string } | null
  vinInvalid: boolean
} {
  if (vin == null || vin.trim() === '') return { vehicle: null, vinInvalid: false }
  const checked = checkVin(vin)
  if (!checked.ok) return { vehicle: null, vinInvalid: true }
  return { vehicle: { id: vinVault.pseudonymOf(checked.vin), vinSealed: vinVault.seal(checked.vin) }, vinInvalid: false }
}

export const redactText = (text: string | null | undefined, { redactor }: PrepareDependencies): string | null =>
  text == null || text.trim() === '' ? null : redactor.redact(text).text

export const qualityFlags = (flags: readonly string[]): string[] | null => (flags.length === 0 ? null : [...new Set(flags)].sort())

export const componentOf = (word: string, { vocabulary }: PrepareDependencies): PreparedKey =>
  keyed('Component', componentKey(word, key => vocabulary.components.has(key)))

export const keyed = (label: string, key: string): PreparedKey => ({ id: nodeId(label, key), key })
export const lotId = (partNo: string, lot: string | null): string => nodeId('PartLot', lotLevel(partNo, lot))
export const partId = (partNo: string): string => nodeId('Part', partNo)
export const releaseOf = (module: string, version: string) => ({
  id: nodeId('SoftwareRelease', softwareLevel(module, version)), module, version,
})

export function lotOf(part: { partNo: string; lot: string | null; componentId: string | null; supplier: string | null }): PreparedLot {
  return {
    id: lotId(part.partNo, part.lot),
    partId: partId(part.partNo),
    partNo: part.partNo,
    lot: part.lot,
    componentId: part.componentId,
    supplier: part.supplier === null ? null : keyed('Supplier', part.supplier),
  }
}

/** One finding node a thing said; its id follows from the record and the finding's place in it. */
export function findingsOf(label: string, recordId: string, links: TextLinks, { vocabulary }: PrepareDependencies): PreparedFinding[] {
  return links.findings.map(({ span, component, symptom, confidence, method, negated, past, hypothetical }, position) => ({
    id: `h_${shortHash('Finding', label, recordId, String(position))}`,
    component, symptom, confidence, method, negated, past, hypothetical,
    spanStart: span[0],
    spanEnd: span[1],
    vocabularyVersion: vocabulary.version,
  }))
}

export const codesOf = (links: TextLinks): string[] => [...new Set(links.dtcs.map(({ code }) => code))].sort()

/** The nodes a record shares with others; what is not named stays empty. */
export function sharedNodes(named: Partial<SharedNodes> & { findings?: readonly PreparedFinding[] }): SharedNodes {
  const { findings = [], ...given } = named
  const said = (side: 'component' | 'symptom') => findings.map(finding => finding[side]).filter(key => key !== null)
  return {
    vehicles: [], lots: [], releases: [], modelYears: [], plants: [], serviceCenters: [], parts: [], dtcs: [],
    ...given,
    components: [...(given.components ?? []), ...said('component').map(key => keyed('Component', key))],
    symptoms: [...(given.symptoms ?? []), ...said('symptom')],
  }
}
