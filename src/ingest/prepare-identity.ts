import { canonicalJson } from '../domain/canonical-json.ts'
import { FishboneError } from '../domain/error.ts'
import { nodeId, shortHash } from '../domain/identifiers.ts'
import { toUtc } from '../domain/instant.ts'
import type { RecordKind, RecordOf } from '../domain/record-kind.ts'
import { checkVin } from '../domain/vin.ts'
import { type PrepareDependencies, type RecordIdentity, sha256 } from './prepare-context.ts'

/** The id of a feedback's node. */
export const feedbackNodeId = ({ channel, sourceId }: { channel: string; sourceId: string }): string =>
  nodeId('Feedback', `${channel}:${sourceId}`)

/**
 * The record's node and the hash of its content: all that an unchanged record costs. The hash of an event is keyed, because a plain hash of a
 * short text would give away a telephone number in it to who can guess the rest.
 *
 * @throws FB_INVALID for a vehicle whose VIN has a wrong shape.
 */
export function identify<K extends RecordKind>(kind: K, record: RecordOf[K], { vinVault }: PrepareDependencies): RecordIdentity {
  const { vin, ...content } = record as { vin?: string | null }
  const vehicle = vin == null || vin.trim() === '' ? null : vinVault.pseudonymOf(checkedOrRaw(vin))
  const plain = sha256(canonicalJson({ ...content, vehicle }))
  if (kind === 'vehicles') {
    if (vin == null || !checkVin(vin).ok || vehicle === null) throw new FishboneError('FB_INVALID', 'a vehicle record needs a VIN of 17 characters')
    return { id: vehicle, contentSha256: plain }
  }
  return { id: eventId(kind, record, vehicle), contentSha256: keyedHash(plain, vinVault) }
}

const checkedOrRaw = (vin: string): string => {
  const checked = checkVin(vin)
  return checked.ok ? checked.vin : vin
}

const keyedHash = (plain: string, vinVault: PrepareDependencies['vinVault']): string => vinVault.pseudonymOf(plain).replace('veh_', '')

function eventId(kind: RecordKind, record: RecordOf[RecordKind], vehicle: string | null): string {
  switch (kind) {
    case 'feedback':
      return feedbackNodeId(record as RecordOf['feedback'])
    case 'telemetry-snapshots':
      return nodeId('TelemetrySnapshot', (record as RecordOf['telemetry-snapshots']).snapshotId)
    case 'repair-orders':
      return nodeId('RepairOrder', (record as RecordOf['repair-orders']).repairOrderId)
    case 'cases':
      return nodeId('Case', (record as RecordOf['cases']).caseId)
    case 'software-installs': {
      const { module, installedAt } = record as RecordOf['software-installs']
      return `h_${shortHash('SoftwareInstall', vehicle ?? '', module, toUtc(installedAt))}`
    }
    case 'vehicles':
      return vehicle ?? ''
  }
}
