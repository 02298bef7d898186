import { canonicalJson } from '../../domain/canonical-json.ts'
import { shortHash } from '../../domain/identifiers.ts'
import type { GraphTransaction } from '../ports.ts'
import type { NoteOutcome, PreparedCase, PreparedOf, PreparedRepair, PreparedSnapshot, WriteCounts } from '../ports/record-store.ts'
import { eventPartQueries, lockEvents, writeEventRows } from './event-queries.ts'
import { intervalQueries } from './interval-queries.ts'
import { mergeShared, type StandingKeys } from './shared-nodes.ts'
import { sharedQueries } from './shared-queries.ts'
import { rewriteIntervals } from './write-intervals.ts'

export type EventKind = Exclude<keyof PreparedOf, 'vehicles'>
type AnyEvent = PreparedOf[EventKind]

type Held = {
  id: string
  node: string
  current: string | null
  receivedAt: string | null
  earlier: string[]
  stored: Record<string, unknown> | null
}
type Placed = { record: AnyEvent; held: Held }
type Placement = { created: Placed[]; updated: Placed[]; superseded: Placed[]; unchanged: number }

/**
 * Writes events of one kind, each id once. Of two contents of one id the one received later stands, on a tie the one that comes now; the other is
 * kept as a version. A content that was superseded before stays so: loading a file twice changes nothing even when it holds a key twice.
 */
export async function writeEvents<K extends EventKind>(tx: GraphTransaction, kind: K, records: readonly PreparedOf[K][], { standing, note }: { standing?: StandingKeys; note?: NoteOutcome | undefined } = {}): Promise<WriteCounts> {
  const sorted = [...records].sort((a, b) => (a.id < b.id ? -1 : 1))
  // One after the other for the database, which takes the locks in this order, but none waits for the answer of the one before.
  const [, , held] = await Promise.all([holdVehicles(tx, sorted), mergeShared(tx, sorted.map(({ shared }) => shared), bringsItsKeys(kind) ? standing : undefined), holdEvents(tx, kind, sorted)])
  const { created, updated, superseded, unchanged } = place(sorted, held, note)
  await holdFormerVehicles(tx, updated)
  await writeVersions(tx, kind, updated, superseded)
  const orphans = kind === 'cases' ? await readCauses(tx, updated) : null
  await clearLinks(tx, updated)
  await writeCurrent(tx, kind, [...created, ...updated])
  if (orphans) {
    await tx.all(eventPartQueries.pruneCausePaths, orphans)
    await tx.all(eventPartQueries.pruneCauses, orphans)
  }
  await rewriteIntervals(tx, await vehiclesToDerive(tx, kind, created, updated))
  return { created: created.length, updated: updated.length, unchanged, superseded: superseded.length }
}

/** Of feedback only findings point at keys, and they are written so that a key is made where it is missing. */
const bringsItsKeys = (kind: EventKind): boolean => kind === 'feedback'

async function holdVehicles(tx: GraphTransaction, records: readonly AnyEvent[]): Promise<void> {
  const vehicles = new Map(records.flatMap(({ shared }) => shared.vehicles).map(vehicle => [vehicle.id, vehicle]))
  if (vehicles.size === 0) return
  await tx.all(sharedQueries.lockVehicles, { vehicles: [...vehicles.values()].sort((a, b) => (a.id < b.id ? -1 : 1)) })
}

/** Vehicles that only a superseded content named: their intervals change too. */
async function holdFormerVehicles(tx: GraphTransaction, updated: readonly Placed[]): Promise<void> {
  const former = updated
    .filter(({ record, held }) => held.stored?.vehicleId != null && held.stored.vehicleId !== record.vehicleId)
    .map(({ held }) => held.stored?.vehicleId as string)
  // They are there, so nothing is sealed anew.
  const vehicles = [...new Set(former)].sort().map(id => ({ id, vinSealed: '' }))
  if (vehicles.length > 0) await tx.all(sharedQueries.lockVehicles, { vehicles })
}

async function holdEvents(tx: GraphTransaction, kind: EventKind, records: readonly AnyEvent[]): Promise<Held[]> {
  const ids = records.map(({ id }) => id)
  switch (kind) {
    case 'feedback':
      return tx.all(lockEvents.feedback, { ids })
    case 'telemetry-snapshots':
      return tx.all(lockEvents['telemetry-snapshots'], { ids })
    case 'software-installs':
      return tx.all(lockEvents['software-installs'], { ids })
    case 'repair-orders':
      return tx.all(lockEvents['repair-orders'], { ids })
    case 'cases':
      return tx.all(lockEvents.cases, { ids })
  }
}

function place(records: readonly AnyEvent[], held: readonly Held[], note?: NoteOutcome): Placement {
  const heldById = new Map(held.map(row => [row.id, row]))
  const placement: Placement = { created: [], updated: [], superseded: [], unchanged: 0 }
  for (const record of records) {
    const placed = { record, held: heldById.get(record.id) as Held }
    const { current, receivedAt, earlier } = placed.held
    const isKnown = current === record.contentSha256 || earlier.includes(record.contentSha256)
    const outcome = current === null ? 'created' : isKnown ? 'unchanged' : record.receivedAt >= (receivedAt ?? '') ? 'updated' : 'superseded'
    note?.(record.id, outcome)
    if (outcome === 'unchanged') placement.unchanged += 1
    else placement[outcome].push(placed)
  }
  return placement
}

async function writeVersions(tx: GraphTransaction, kind: EventKind, updated: readonly Placed[], superseded: readonly Placed[]): Promise<void> {
  const version = ({ id, node }: Held, content: object, contentSha256: string, receivedAt: string | null) => ({
    node, kind, receivedAt, contentSha256, content: canonicalJson(content), id: `h_${shortHash('RecordVersion', kind, id, contentSha256)}`,
  })
  const versions = [
    ...updated.map(({ held }) => version(held, held.stored ?? {}, held.current ?? '', held.receivedAt)),
    ...superseded.map(({ held, record }) => version(held, record.stored, record.contentSha256, record.receivedAt || null)),
  ]
  if (versions.length > 0) await tx.all(eventPartQueries.writeRecordVersions, { versions })
}

async function readCauses(tx: GraphTransaction, updated: readonly Placed[]): Promise<{ causes: string[]; failureModes: string[] } | null> {
  return updated.length === 0 ? null : tx.one(eventPartQueries.readCauses, { nodes: updated.map(({ held }) => held.node) })
}

async function clearLinks(tx: GraphTransaction, updated: readonly Placed[]): Promise<void> {
  if (updated.length === 0) return
  const nodes = updated.map(({ held }) => held.node)
  await tx.all(eventPartQueries.deleteRecordParts, { nodes })
  await tx.all(eventPartQueries.deleteRecordLinks, { nodes })
}

async function writeCurrent(tx: GraphTransaction, kind: EventKind, current: readonly Placed[]): Promise<void> {
  if (current.length === 0) return
  const sources = current
    .filter(({ record }) => record.findings.length > 0)
    .map(({ record, held }) => ({ node: held.node, findings: record.findings }))
  await Promise.all([
    writeRows(tx, kind, current.map(({ record }) => record)),
    ...(sources.length > 0 ? [tx.all(eventPartQueries.writeFindings, { sources })] : []),
  ])
}

async function writeRows(tx: GraphTransaction, kind: EventKind, rows: readonly AnyEvent[]): Promise<void> {
  switch (kind) {
    case 'feedback':
      await tx.all(writeEventRows.feedback, { feedback: rows as PreparedOf['feedback'][] })
      return
    case 'telemetry-snapshots':
      await tx.all(writeEventRows['telemetry-snapshots'], { snapshots: rows as PreparedSnapshot[] })
      return
    case 'software-installs':
      await tx.all(writeEventRows['software-installs'], { installs: rows as PreparedOf['software-installs'][] })
      return
    case 'repair-orders':
      await tx.all(writeEventRows['repair-orders'], { repairs: rows as PreparedRepair[] })
      return
    case 'cases':
      await tx.all(writeEventRows.cases, { cases: rows as PreparedCase[] })
      await tx.all(eventPartQueries.writeCauses, { cases: rows as PreparedCase[] })
  }
}

/** Vehicles whose parts or software may be other than written, among them those a superseded content named. */
async function vehiclesToDerive(tx: GraphTransaction, kind: EventKind, created: readonly Placed[], updated: readonly Placed[]): Promise<string[]> {
  if (kind === 'feedback' || kind === 'cases') return []
  const before = updated.map(({ held }) => held.stored?.vehicleId as string | null | undefined)
  const arriving = kind === 'telemetry-snapshots' ? await unexpected(tx, created) : created
  const now = [...arriving, ...updated].filter(({ record }) => mayChange(kind, record)).map(({ record }) => record.vehicleId)
  return [...new Set([...before, ...now].filter(id => id != null))]
}

function mayChange(kind: EventKind, record: AnyEvent): boolean {
  if (kind !== 'repair-orders') return true
  const { stored } = record as PreparedRepair
  return stored.closedAt !== null && (stored.partsReplaced !== null || stored.softwareAfter !== null)
}

/** Snapshots that saw something else than what is written. One that saw just that changes nothing, and most do: only they need no history. */
async function unexpected(tx: GraphTransaction, created: readonly Placed[]): Promise<Placed[]> {
  const seeing = created.filter(({ record }) => record.vehicleId !== null && Object.keys((record as PreparedSnapshot).software).length > 0)
  if (seeing.length === 0) return []
  const ids = [...new Set(seeing.map(({ record }) => record.vehicleId as string))]
  const rows = await tx.all(intervalQueries.readRuns, { ids })
  const runsOf = new Map(rows.map(({ id, runs }) => [id, runs]))
  return seeing.filter(({ record }) => {
    const { software, stored } = record as PreparedSnapshot
    const running = (runsOf.get(record.vehicleId as string) ?? []).filter(([, , from, to]) =>
      from <= stored.capturedAt && (to === null || stored.capturedAt < to))
    return Object.entries(software).some(([module, version]) => !running.some(run => run[0] === module && run[1] === version))
  })
}
