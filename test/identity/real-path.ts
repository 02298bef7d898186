import path from 'node:path'
import type { RecordKind, RecordOf } from '../../src/domain/record-kind.ts'
import { createRedactor } from '../../src/ingest/redaction/index.ts'
import { identify } from '../../src/ingest/prepare-identity.ts'
import { prepareRecord } from '../../src/ingest/prepare.ts'
import { createVinVault } from '../../src/ingest/vin-vault.ts'
import { projectRoot } from '../../src/project-root.ts'
import { readVocabularyFiles, readWording } from '../../src/vocabulary-files.ts'
import { createLinker, createSoundsLike, createVocabulary } from '../../src/vocabulary/index.ts'
import { createCompareTools } from '../../src/workflow/duplicates/compare-tools.ts'
import { parseDuplicateRules } from '../../src/workflow/duplicates/duplicate-rules.ts'
import { createSayGround } from '../../src/workflow/duplicates/reason-words.ts'

const vocabulary = createVocabulary(readVocabularyFiles())
const linker = createLinker(vocabulary)
const vinVault = createVinVault({ key: Buffer.alloc(32, 3) })
const context = { linker, redactor: createRedactor({ pseudonymOf: vin => vinVault.pseudonymOf(vin) }), vinVault, vocabulary, lotsMet: new Map() }

const prepared = <K extends RecordKind>(kind: K, record: RecordOf[K]) => prepareRecord[kind](record, [], identify(kind, record, context), context)

const at = '2024-01-10T08:00:00Z'
export const validVin = 'LJ1EEASP0NG123456'

/** Id of the car in the graph. */
export const vehicleId = (vin: string): string => prepared('feedback', { channel: 'app', sourceId: '1', occurredAt: at, text: 'x', vin }).vehicleId ?? `not a VIN: ${vin}`

/** Ids of the fault codes a text is tied to. */
export const mentionedDtcs = (text: string): string => prepared('feedback', { channel: 'app', sourceId: '1', occurredAt: at, text }).mentions.join()

/** What a snapshot is tied to: code and failure type. */
export const recordedDtc = (dtc: { code: string; failureType?: string }): string => {
  const { recorded } = prepared('telemetry-snapshots', { snapshotId: 'S', vin: validVin, capturedAt: at, dtcs: [dtc] })
  return JSON.stringify(recorded.map(({ code, failureType }) => [code, failureType]))
}

/** Id of the lot a car was built with. */
export const lotId = (partNo: string, lot: string): string => {
  const { parts } = prepared('vehicles', { vin: validVin, model: 'ES8', builtOn: '2023-01-01', parts: [{ component: 'traction-battery', partNo, lot }] }) as unknown as { parts: { lotId: string }[] }
  return parts.map(part => part.lotId).join()
}

/** Id of the release an install is tied to. */
export const releaseId = (module: string, version: string): string =>
  prepared('software-installs', { vin: validVin, module, version, installedAt: at }).releaseId

/** Keys that a text is linked to, as `component/symptom`. */
export const linkedKeys = (text: string): string[] =>
  linker.link(text, { language: null }).findings.map(({ component, symptom }) => `${component ?? '*'}/${symptom ?? '*'}`)

/** Components and symptoms a text is linked to. */
export const linkedTerms = (text: string): string[] => {
  const { components, symptoms } = linker.link(text, { language: null })
  return [...components, ...symptoms].map(({ key }) => key)
}

const rules = parseDuplicateRules(readWording('duplicates', path.join(projectRoot, 'vocabulary')))
const tools = createCompareTools({ rules, say: createSayGround(readWording('duplicates'), vocabulary), vocabulary, soundsLike: createSoundsLike(vocabulary) })
const judges = tools.judgesFor(() => 0)

/** How two reports of one car, told through two channels hours apart, belong together; `apart` where they do not. */
export const relationOf = (a: string, b: string, { sameCar = true } = {}): string => {
  const read = (text: string, id: string, hour: number) => {
    const links = linker.link(text, { language: null })
    return tools.read({
      id, channel: id, text, language: links.language, occurredAt: `2024-01-10T0${hour}:00:00Z`, vehicleId: sameCar ? 'veh_1' : `veh_${id}`, model: 'ES8', region: null,
      odometerKm: null, personRef: null, dtcs: links.dtcs.map(({ code }) => code), embedding: [1, 0], embeddingModel: 'double',
      findings: links.findings.filter(({ negated, past, hypothetical }) => !negated && !past && !hypothetical),
    })
  }
  const [earlier, later] = [read(a, 'app', 1), read(b, 'hotline', 5)]
  if (!sameCar) return judges.otherCar(earlier, later)?.relation ?? 'apart'
  return judges.settleCar([earlier, later], () => false).find(({ relation }) => relation !== 'distinct')?.relation ?? 'apart'
}
