import { parseDtc } from '../../src/domain/dtc.ts'
import type { Finding, TextLinks } from '../../src/domain/finding.ts'
import type { RecordKind, RecordOf } from '../../src/domain/record-kind.ts'
import { createRecordStore } from '../../src/graph/records/record-store.ts'
import type { GraphClient } from '../../src/graph/ports.ts'
import type { WriteCounts } from '../../src/graph/ports/record-store.ts'
import { createIngest } from '../../src/ingest/ingest-batch.ts'
import type { PrepareDependencies } from '../../src/ingest/prepare-context.ts'
import { createRedactor } from '../../src/ingest/redaction/index.ts'
import { createVinVault } from '../../src/ingest/vin-vault.ts'
import type { FleetBatch } from './generated-fleet.ts'

/** Words of a miniature vocabulary: what the linker double ties to keys. */
const words: Record<string, Pick<Finding, 'component' | 'symptom'>> = {
  'charging stops': { component: 'traction-battery', symptom: 'charging-stops' },
  充电到一半就停了: { component: null, symptom: 'charging-stops' },
  'screen goes black': { component: 'center-display', symptom: 'screen-black' },
  'brakes squeal': { component: 'brake-pad', symptom: 'noise-squeal' },
  'not noise': { component: null, symptom: 'noise' },
}

/** A linker that knows five phrases; `not …` is a denial. */
const linkWords = (text: string): TextLinks => {
  const findings = Object.entries(words).flatMap(([phrase, sides]): Finding[] => {
    const at = text.indexOf(phrase)
    const said = { confidence: 0.9, method: 'alias' as const, negated: phrase.startsWith('not '), past: false, hypothetical: false }
    return at < 0 ? [] : [{ ...sides, ...said, span: [at, at + phrase.length] }]
  })
  const dtcs = [...text.matchAll(/\b[PCBU]\d[0-9A-F]{3}\b/g)].flatMap(match => {
    const dtc = parseDtc(match[0])
    return dtc ? [{ ...dtc, span: [match.index, match.index + 5] as [number, number] }] : []
  })
  return { language: /\p{Script=Han}/u.test(text) ? 'zh' : 'en', findings, components: [], symptoms: [], dtcs }
}

const componentKeys = [
  'unclassified', 'traction-battery', 'drive-motor', 'inverter', 'brake-booster', 'brake-pad', 'brake-caliper', 'steering-rack', 'air-spring',
  'center-display', 'front-camera',
]

export function testPreparation(components: readonly string[] = componentKeys): PrepareDependencies {
  const vinVault = createVinVault({ key: Buffer.alloc(32, 7) })
  const resolveComponent = (name: string) => (name === 'battery pack' ? 'traction-battery' : null)
  return {
    linker: { link: linkWords },
    redactor: createRedactor(vinVault),
    vinVault,
    vocabulary: { version: 'test', components: new Set(components), resolveComponent },
  }
}

/** The real way in, with the real redactor and vault and a linker double. */
export function openTestIngest(client: GraphClient, components?: readonly string[]) {
  const preparation = testPreparation(components)
  const ingest = createIngest({ recordStore: createRecordStore({ client }), ...preparation })
  const load = <K extends RecordKind>(kind: K, records: readonly RecordOf[K][], flags: readonly string[] = []): Promise<WriteCounts> =>
    ingest.ingestBatch(kind, records.map(record => ({ record, flags })))
  const loadBatch = ({ kind, records }: FleetBatch): Promise<WriteCounts> => load(kind, records as RecordOf[typeof kind][])
  return { ...ingest, load, loadBatch, vehicleId: (vin: string) => preparation.vinVault.pseudonymOf(vin) }
}
