import { parseDtc } from '../domain/dtc.ts'
import { toUtc } from '../domain/instant.ts'
import { matchingCopy } from '../domain/normalised-copy.ts'
import type { RepairOrder, ReplacedPart } from '../domain/repair-order.ts'
import type { PreparedKey, PreparedLot, PreparedRepair, RecordedCode, RepairedLot, StoredRepair } from '../graph/ports/record-store.ts'
import {
  componentOf, findingsOf, json, keyed, lotOf, type PrepareDependencies, qualityFlags, type RecordIdentity, redactText, releaseOf,
  sharedNodes, vehicleOf,
} from './prepare-context.ts'
import { feedbackNodeId } from './prepare-identity.ts'

/** A repair order with its three texts redacted and linked as one, and the lots it took out and put in. */
export function prepareRepair(record: RepairOrder, flags: readonly string[], identity: RecordIdentity, context: PrepareDependencies): PreparedRepair {
  const stored = storedRepair(record, flags, context)
  const links = context.linker.link(stored.text)
  const findings = findingsOf('RepairOrder', identity.id, links, context)
  const recorded = (record.dtcs ?? []).map(recordedCode).filter(code => code !== null)
  const lots = (record.partsReplaced ?? []).map(part => replacedLots(part, context))
  const removed = lots.map(({ removed }) => removed).filter(lot => lot !== null)
  const installed = lots.map(({ installed }) => installed).filter(lot => lot !== null)
  const serviceCenter = record.serviceCenter == null ? null : keyed('ServiceCenter', record.serviceCenter)
  const { vehicle } = vehicleOf(record.vin, context)
  return {
    ...identity,
    receivedAt: stored.receivedAt,
    vehicleId: stored.vehicleId,
    stored: { ...stored, language: links.language },
    findings,
    matchText: matchingCopy(stored.text).text,
    serviceCenterId: serviceCenter?.id ?? null,
    removed: removed.map(({ at }) => at),
    installed: installed.map(({ at }) => at),
    recorded,
    shared: sharedNodes({
      vehicles: vehicle ? [vehicle] : [],
      lots: [...removed, ...installed].map(({ lot }) => lot),
      components: [...removed, ...installed].map(({ component }) => component),
      releases: Object.entries(record.softwareAfter ?? {}).map(([module, version]) => releaseOf(module, version)),
      serviceCenters: serviceCenter ? [serviceCenter] : [],
      dtcs: recorded.map(({ code }) => code),
      findings,
    }),
  }
}

function storedRepair(record: RepairOrder, flags: readonly string[], context: PrepareDependencies): StoredRepair {
  const { vehicle, vinInvalid } = vehicleOf(record.vin, context)
  const complaint = redactText(record.complaint, context)
  const cause = redactText(record.cause, context)
  const correction = redactText(record.correction, context)
  const replaced = record.partsReplaced?.map(part => ({ ...part, component: componentOf(part.component, context).id }))
  return {
    repairOrderId: record.repairOrderId,
    openedAt: toUtc(record.openedAt),
    closedAt: record.closedAt == null ? null : toUtc(record.closedAt),
    receivedAt: toUtc(record.receivedAt ?? record.closedAt ?? record.openedAt),
    vehicleId: vehicle?.id ?? null,
    odometerKm: record.odometerKm ?? null,
    serviceCenter: record.serviceCenter ?? null,
    complaint,
    cause,
    correction,
    text: [complaint, cause, correction].filter(text => text !== null).join('\n'),
    language: 'other',
    laborOperations: json(record.laborOperations),
    partsReplaced: json(replaced),
    dtcs: json(record.dtcs),
    softwareBefore: json(record.softwareBefore),
    softwareAfter: json(record.softwareAfter),
    result: record.result ?? null,
    warranty: record.warranty ?? null,
    feedbackId: record.feedback == null ? null : feedbackNodeId(record.feedback),
    vinInvalid: vinInvalid || flags.includes('vinInvalid') ? true : null,
    dataQuality: qualityFlags(flags),
  }
}

function recordedCode(text: string): RecordedCode | null {
  const parsed = parseDtc(text)
  return parsed && { ...parsed, status: null, ecu: null }
}

type LotAt = { lot: PreparedLot; component: PreparedKey; at: RepairedLot }

function replacedLots(part: ReplacedPart, context: PrepareDependencies): { removed: LotAt | null; installed: LotAt | null } {
  const component = componentOf(part.component, context)
  const lotAt = (partNo: string | null | undefined, lot: string | null | undefined, supplier: string | null): LotAt | null => {
    if (partNo == null) return null
    const prepared = lotOf({ partNo, lot: lot ?? null, componentId: component.id, supplier })
    return { lot: prepared, component, at: { lotId: prepared.id, component: component.id, position: part.position ?? null } }
  }
  return {
    removed: lotAt(part.removedPartNo, part.removedLot, null),
    installed: lotAt(part.installedPartNo, part.installedLot, part.installedSupplier ?? null),
  }
}
