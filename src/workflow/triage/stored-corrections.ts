import { z } from 'zod'
import type { Finding } from '../../domain/finding.ts'
import { shortHash } from '../../domain/identifiers.ts'
import type { EvidentRepair, ReportEvidence, StoredFinding, WrittenCorrection } from '../../graph/ports/evidence.ts'
import type { Vocabulary } from '../../vocabulary/index.ts'
import { createFit } from '../../vocabulary/read-scene.ts'
import { correctComponent, type Pointer, pointersOfCodes } from './correct-component.ts'

const Replaced = z.array(z.looseObject({ component: z.string() }))
const dayMs = 86_400_000

type Rules = { repairWithinDays: number }

/** A repair speaks of a report it answers, or one told before it and not long ago. One that found nothing speaks of none. */
function speaksOf({ answers, openedAt, result }: EvidentRepair, { occurredAt, receivedAt }: ReportEvidence, { repairWithinDays }: Rules): boolean {
  if (result === 'no-trouble-found') return false
  const days = (Date.parse(openedAt) - Date.parse(occurredAt ?? receivedAt)) / dayMs
  return answers || (days >= 0 && days <= repairWithinDays)
}

/** What it replaced; where it replaced nothing and mended the car, what its texts name. Of a part and the whole that holds it, the part. */
function componentsOf(vocabulary: Vocabulary, { partsReplaced, components, result }: EvidentRepair): string[] {
  const replaced = partsReplaced === null ? [] : Replaced.parse(JSON.parse(partsReplaced)).map(({ component }) => component)
  const named = replaced.length > 0 ? replaced : result === 'fixed' ? components : []
  const known = [...new Set(named)].filter(key => vocabulary.components.has(key))
  return known.filter(key => !known.some(other => other !== key && vocabulary.isWithin(other, key)))
}

/** Repairs before fault codes: a workshop looked. */
const pointersOf = (vocabulary: Vocabulary, report: ReportEvidence, rules: Rules): Pointer[] => [
  ...report.repairs
    .filter(repair => speaksOf(repair, report, rules))
    .map((repair): Pointer => ({ by: repair.repairOrderId, method: 'repair', components: componentsOf(vocabulary, repair) })),
  ...pointersOfCodes(vocabulary, report.codes),
]

const asFinding = ({ component, symptom, confidence, spanStart, spanEnd, negated, past, hypothetical, method }: StoredFinding): Finding =>
  ({ component, symptom, confidence, span: [spanStart, spanEnd], negated, past, hypothetical, method: method as Finding['method'] })

/**
 * What evidence says in the place of the part an owner named, as it is to be stored beside the owner's findings: one for each of them that is of
 * the part named and can be of the part found. Pure: the same evidence gives the same rows, none where nothing is to be corrected.
 */
export function correctionsOf(vocabulary: Vocabulary, report: ReportEvidence, rules: Rules): WrittenCorrection[] {
  const own = report.findings.filter(({ by }) => by === null)
  const correction = correctComponent(vocabulary, own.map(asFinding), pointersOf(vocabulary, report, rules))
  const component = correction?.finding.component
  if (!correction || component == null) return []
  const { finding, said, by, method } = correction
  const fit = createFit(vocabulary)
  const isMeant = (one: StoredFinding): boolean =>
    one.component === said && !one.negated && !one.past && !one.hypothetical && (one.symptom === null || fit(one.symptom, component) !== 'no')
  const meant = own.filter(isMeant).map(({ id, symptom, confidence, spanStart, spanEnd }) => ({ saidId: id, symptom, confidence, spanStart, spanEnd }))
  const alone = { saidId: null, symptom: finding.symptom, confidence: finding.confidence, spanStart: finding.span[0], spanEnd: finding.span[1] }
  const knownAt = report.repairs.find(({ repairOrderId }) => method === 'repair' && repairOrderId === by)?.receivedAt ?? report.receivedAt
  return (meant.length > 0 ? meant : [alone]).map((row, position) => ({
    ...row, component, method, by, knownAt: knownAt > report.receivedAt ? knownAt : report.receivedAt, vocabularyVersion: vocabulary.version,
    id: `h_${shortHash('Finding', 'Correction', report.feedbackId, by, String(position))}`,
  }))
}
