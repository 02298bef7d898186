import { nodeId } from '../../domain/identifiers.ts'
import type { CarriedLot, RunningSoftware } from '../../domain/dossier.ts'
import { fleetQueries, type KnownHistoryRow } from '../analysis/fleet-queries.ts'
import { toLot } from '../analysis/fleet-vehicle.ts'
import { deriveKnownIntervals, earlierContents, type KnownRecords, lotIdOf } from '../analysis/known-history.ts'
import type { GraphClient } from '../ports.ts'
import type { DossierStore, KnownVehicle } from '../ports/dossier.ts'
import { dossierQueries, type LateContentRow, type RecordsRow } from './dossier-queries.ts'
import { earlierRecords, partsReplacedOf } from './earlier-content.ts'

/** Reads one car as of an instant from the graph. */
export const createDossierStore = ({ client }: { client: GraphClient }): DossierStore => ({
  async vehicleAsKnown(vehicleId, at) {
    const [records, history, late] = await Promise.all([
      client.maybeOne(dossierQueries.recordsOfCar, { vehicleId, at }),
      client.maybeOne(fleetQueries.readKnownHistories, { ids: [vehicleId], asOf: at }),
      client.all(dossierQueries.lateRecordsOfCar, { vehicleId, at }),
    ])
    if (records === null || history === null) return null
    return { vehicleId, vinSealed: records.vinSealed, vehicle: masterDataOf(history, at), ...(await carriedAt(client, history, late, at)), ...joined(records, late) }
  },
  casesAffecting: ({ modelYears, parts, lots, releases }, at) =>
    client.all(dossierQueries.casesAffecting, {
      modelYearIds: modelYears.map(key => nodeId('ModelYear', key)),
      partIds: parts.map(partNo => nodeId('Part', partNo)),
      lotIds: lots.map(level => nodeId('PartLot', level)),
      releaseIds: releases.map(level => nodeId('SoftwareRelease', level)),
      at,
    }),
})

/** Master data carry no instant of receipt; a sale after the instant is not known at it. */
const masterDataOf = ({ known, make, model, modelYear, trim, plant, builtOn, soldOn, region, options }: KnownHistoryRow, at: string): KnownVehicle['vehicle'] => ({
  known, make, model, modelYear, trim, plant, builtOn, soldOn: soldOn !== null && soldOn <= at ? soldOn : null, region, options: options ?? [],
})

const isAt = ({ from, to }: { from: string; to: string | null }, at: string): boolean => from <= at && (to === null || at < to)

const noRecords: KnownRecords = { repairs: [], installs: [], observations: [] }

async function carriedAt(client: GraphClient, history: KnownHistoryRow, late: readonly LateContentRow[], at: string): Promise<{ parts: CarriedLot[]; software: RunningSoftware[] }> {
  const records = late.flatMap(row => (row.kind === 'feedback' ? [] : [{ ...row, kind: row.kind }]))
  const { installed, runs } = deriveKnownIntervals(history, earlierContents(records).get(history.id) ?? noRecords)
  const inCar = installed.filter(part => isAt(part, at))
  const ids = [...new Set(inCar.map(({ partNo, lot }) => lotIdOf(partNo, lot)))]
  const lots = new Map((ids.length > 0 ? await client.all(fleetQueries.readLots, { ids }) : []).map(row => [row.id, toLot(row)]))
  return {
    parts: inCar.map(({ component, position, partNo, lot, serial, condition, supplier, from, source }) => ({
      component, position, partNo, lot, supplier: supplier ?? lots.get(lotIdOf(partNo, lot))?.supplier ?? null, serial, condition, since: from, source,
    })),
    software: runs.filter(run => isAt(run, at)).map(({ module, version, from, channel, observed }) => ({ module, version, since: from, channel, observed })),
  }
}

function joined(records: RecordsRow, late: readonly LateContentRow[]): Pick<KnownVehicle, 'feedback' | 'snapshots' | 'repairs' | 'issues'> {
  const earlier = earlierRecords(late)
  const newest = <T>(instantOf: (record: T) => string) => (a: T, b: T) => (instantOf(a) < instantOf(b) ? 1 : -1)
  return {
    feedback: [
      ...records.feedback.map(({ id, triage, responded, ...rest }) => ({ feedbackId: id, ...rest, responded: responded ?? false, storedTriage: triage })),
      ...earlier.feedback,
    ].sort(newest(({ receivedAt }) => receivedAt)),
    snapshots: [...records.snapshots.map(({ id, ...rest }) => ({ snapshotId: id, ...rest })), ...earlier.snapshots].sort(newest(({ capturedAt }) => capturedAt)),
    repairs: [
      ...records.repairs.map(({ repairOrderId, partsReplaced, text, ...rest }) => ({
        repairOrderId: repairOrderId ?? '', ...rest, text: text ?? '', partsReplaced: partsReplacedOf(partsReplaced),
      })),
      ...earlier.repairs,
    ].sort(newest(({ openedAt }) => openedAt)),
    issues: records.issues.map(({ id, ...rest }) => ({ issueId: id, ...rest })),
  }
}

