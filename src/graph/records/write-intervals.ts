import type { CarriedPart } from '../../domain/validity.ts'
import type { GraphTransaction } from '../ports.ts'
import { type Difference, differenceOf, type WantedIntervals, wantedIntervals, type WantedPart, type WantedRun } from './derive-intervals.ts'
import { intervalQueries, type VehicleHistory } from './interval-queries.ts'

/**
 * Derives anew what some cars carried and ran from all records in the graph and writes what differs.
 *
 * @param ids vehicles this transaction holds.
 * @param asBuilt as-built parts of the vehicle records at hand, by vehicle; of the others those that are written count.
 */
export async function rewriteIntervals(
  tx: GraphTransaction,
  ids: readonly string[],
  asBuilt: ReadonlyMap<string, readonly CarriedPart[]> = new Map(),
): Promise<void> {
  if (ids.length === 0) return
  const histories = await tx.all(intervalQueries.readVehicleHistory, { ids: [...new Set(ids)].sort() })
  const changes = histories.map(history => {
    const wanted = wantedIntervals(history, asBuilt.get(history.id) ?? null)
    return { id: history.id, history, wanted, ...differences(history, wanted) }
  })
  await writeParts(tx, changes)
  await writeRuns(tx, changes)
  await writeFlags(tx, changes)
}

type Change = {
  id: string
  history: VehicleHistory
  wanted: WantedIntervals
  parts: Difference<string, WantedPart>
  runs: Difference<string, WantedRun>
}

const differences = (history: VehicleHistory, wanted: WantedIntervals): Pick<Change, 'parts' | 'runs'> => ({
  parts: differenceOf(history.builtWith, wanted.parts, part =>
    JSON.stringify([part.lotId, part.component, part.position, part.serial, part.condition, part.builtOn, part.source, part.from, part.supplier ?? null])),
  runs: differenceOf(history.ran, wanted.runs, run => JSON.stringify([run.releaseId, run.module, run.channel, run.observed, run.from])),
})

const endsOf = (changes: readonly Change[], side: 'parts' | 'runs') =>
  changes.flatMap(change => change[side].end.map(({ edge, to }) => ({ vehicleId: change.id, edge, to })))

const removedOf = (changes: readonly Change[], side: 'parts' | 'runs') =>
  changes.flatMap(change => change[side].remove.map(edge => ({ vehicleId: change.id, edge })))

async function writeParts(tx: GraphTransaction, changes: readonly Change[]): Promise<void> {
  const vehicles = changes
    .filter(({ parts }) => parts.create.length > 0)
    .map(({ id, parts }) => ({
      id,
      from: null,
      parts: parts.create.map(part => [
        part.lotId, part.component, part.position, part.serial, part.condition, part.builtOn, part.source, part.from, part.to, part.supplier ?? null,
      ]),
    }))
  const [ends, edges] = [endsOf(changes, 'parts'), removedOf(changes, 'parts')]
  if (edges.length > 0) await tx.all(intervalQueries.deleteBuiltWith, { edges })
  if (ends.length > 0) await tx.all(intervalQueries.endBuiltWith, { ends })
  if (vehicles.length > 0) await tx.all(intervalQueries.createBuiltWith, { vehicles })
}

async function writeRuns(tx: GraphTransaction, changes: readonly Change[]): Promise<void> {
  const vehicles = changes
    .filter(({ runs }) => runs.create.length > 0)
    .map(({ id, runs }) => ({
      id,
      runs: runs.create.map(run => [run.releaseId, run.module, run.channel, run.observed, run.from, run.to]),
    }))
  const [ends, edges] = [endsOf(changes, 'runs'), removedOf(changes, 'runs')]
  if (edges.length > 0) await tx.all(intervalQueries.deleteRan, { edges })
  if (ends.length > 0) await tx.all(intervalQueries.endRan, { ends })
  if (vehicles.length > 0) await tx.all(intervalQueries.createRan, { vehicles })
}

async function writeFlags(tx: GraphTransaction, changes: readonly Change[]): Promise<void> {
  const repairs = changes.flatMap(({ history, wanted }) => changedFlags(history.repairs, wanted.repairFlags))
  const snapshots = changes.flatMap(({ history, wanted }) => changedFlags(history.observations, wanted.snapshotFlags))
  if (repairs.length > 0) await tx.all(intervalQueries.flagRepairs, { flags: repairs })
  if (snapshots.length > 0) await tx.all(intervalQueries.flagSnapshots, { flags: snapshots })
}

type Flagged = { id: string; historyFlags: string[] | null }

const changedFlags = (records: readonly Flagged[], wanted: ReadonlyMap<string, string[]>) =>
  records
    .map(({ id, historyFlags }) => ({ id, written: historyFlags, flags: wanted.get(id) ?? null }))
    .filter(({ written, flags }) => JSON.stringify(written) !== JSON.stringify(flags))
    .map(({ id, flags }) => ({ id, flags }))
