import type { Feedback } from '../domain/feedback.ts'
import type { TextLinks } from '../domain/finding.ts'
import { nodeId } from '../domain/identifiers.ts'
import { toUtc } from '../domain/instant.ts'
import { bandsToStore, readNearText } from '../domain/near-text.ts'
import { matchingCopy } from '../domain/normalised-copy.ts'
import type { PreparedFeedback, StoredFeedback } from '../graph/ports/record-store.ts'
import type { LinkedText } from '../vocabulary/index.ts'
import {
  codesOf, findingsOf, type PrepareDependencies, qualityFlags, type RecordIdentity, sha256, sharedNodes, vehicleOf,
} from './prepare-context.ts'

/** A feedback record redacted, linked and tied to its vehicle's pseudonym. */
export function prepareFeedback(record: Feedback, flags: readonly string[], identity: RecordIdentity, context: PrepareDependencies): PreparedFeedback {
  const { text } = context.redactor.redact(record.text)
  const links = context.linker.link(text, { language: record.language ?? null })
  const findings = findingsOf('Feedback', identity.id, links, context)
  const mentions = codesOf(links)
  const { vehicle, vinInvalid } = vehicleOf(record.vin, context)
  const stored: StoredFeedback = {
    ...saidFields(record),
    text,
    language: record.language?.toLowerCase() ?? links.language,
    vehicleId: vehicle?.id ?? null,
    vinInvalid: vinInvalid || flags.includes('vinInvalid') ? true : null,
    dataQuality: qualityFlags(flags),
  }
  return {
    ...identity,
    receivedAt: stored.receivedAt,
    vehicleId: stored.vehicleId,
    stored,
    findings,
    matchText: matchingCopy(text).text,
    bands: bandsToStore(readNearText(text), stored.occurredAt) || null,
    gather: leavesUnmapped(links),
    textSha256: sha256(text),
    snapshotNodeId: record.snapshotId == null ? null : nodeId('TelemetrySnapshot', record.snapshotId),
    mentions,
    shared: sharedNodes({ vehicles: vehicle ? [vehicle] : [], dtcs: mentions, findings }),
  }
}

/** Words of failure that name no symptom, or a text in which no symptom was found at all. */
const leavesUnmapped = ({ unlinkedClauses = [], findings }: TextLinks & Partial<Pick<LinkedText, 'unlinkedClauses'>>): boolean =>
  unlinkedClauses.some(({ hasFaultWords }) => hasFaultWords) || (unlinkedClauses.length > 0 && findings.every(({ symptom }) => symptom === null))

function saidFields(record: Feedback) {
  return {
    channel: record.channel,
    sourceId: record.sourceId,
    occurredAt: toUtc(record.occurredAt),
    receivedAt: toUtc(record.receivedAt ?? record.occurredAt),
    make: record.make ?? null,
    model: record.model ?? null,
    modelYear: record.modelYear ?? null,
    odometerKm: record.odometerKm ?? null,
    region: record.region ?? null,
    rating: record.rating ?? null,
    crash: record.crash ?? null,
    fire: record.fire ?? null,
    injuries: record.injuries ?? null,
    sos: record.sos ?? null,
    responded: record.responded ?? null,
    personRef: record.personRef ?? null,
    snapshotId: record.snapshotId ?? null,
  }
}
