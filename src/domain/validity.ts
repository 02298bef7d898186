import type { ReplacedPart } from './repair-order.ts'

/** A lot as one car carries it. `component` is a component id; a side that is not known is null. */
export type CarriedPart = {
  component: string
  position: string | null
  partNo: string
  lot: string | null
  serial: string | null
  condition: string | null
  builtOn: string | null
  /** Who supplied it, where its lot does not tell: said of a part without lot, or by the repair that put it in. */
  supplier?: string | null
}

/**
 * `[from, to)`: canonical UTC, of an as-built part the day it was built, which sorts before all instants of that day. `to` is null while the part is
 * in the car. `source` is the id of the repair order that put it in, null for an as-built part.
 */
export type InstalledPart = CarriedPart & { from: string; to: string | null; source: string | null }

/** What a repair order says about parts and software. Without `closedAt` it changes nothing yet. */
export type RepairRecord = {
  id: string
  closedAt: string | null
  partsReplaced: readonly ReplacedPart[]
  softwareAfter: Readonly<Record<string, string>>
}

/**
 * The lots one car carried, as a pure function of its records: in whichever order they arrive, the intervals are the same.
 *
 * A replaced part ends the old lot at `closedAt` and starts the new one there. The old one is an open part that agrees with all the repair says:
 * component, then position, part number, lot; a side that either leaves open agrees less than an equal one. Failing that, it is the only open
 * part of the component with that part number and lot, at another position. If it is not there the new one still starts.
 *
 * @param builtOn day the as-built parts are valid from; null for a car whose master record is not there (`parts` is empty then).
 * @returns intervals in the order of `from`, and the ids of repairs whose removed part was not found, sorted.
 */
export function deriveInstalledParts(
  builtOn: string | null,
  parts: readonly CarriedPart[],
  repairs: readonly RepairRecord[],
): { installed: InstalledPart[]; removedPartNotFound: string[] } {
  const installed: InstalledPart[] = builtOn === null ? [] : asBuilt(builtOn, parts)
  const notFound = new Set<string>()
  for (const repair of inOrderOfClosing(repairs)) {
    const starting: InstalledPart[] = []
    for (const replaced of repair.partsReplaced) {
      const removed = findRemoved(installed, replaced, repair.closedAt)
      if (removed) removed.to = repair.closedAt
      else notFound.add(repair.id)
      if (replaced.installedPartNo != null) starting.push(installedBy(repair, replaced, replaced.installedPartNo))
    }
    // Added last: what one order fits it does not take out again.
    installed.push(...starting)
  }
  return { installed: installed.sort(byFromThenPart), removedPartNotFound: [...notFound].sort() }
}

type ClosedRepair = RepairRecord & { closedAt: string }

const inOrderOfClosing = (repairs: readonly RepairRecord[]): ClosedRepair[] =>
  repairs
    .filter((repair): repair is ClosedRepair => repair.closedAt !== null)
    .sort((a, b) => compare(a.closedAt, b.closedAt) || compare(a.id, b.id))

function asBuilt(from: string, parts: readonly CarriedPart[]): InstalledPart[] {
  return parts.map(part => ({ ...part, from, to: null, source: null })).sort(byFromThenPart)
}

const installedBy = (repair: ClosedRepair, replaced: ReplacedPart, partNo: string): InstalledPart => ({
  component: replaced.component,
  position: replaced.position ?? null,
  partNo,
  lot: replaced.installedLot ?? null,
  serial: null,
  condition: replaced.installedCondition ?? null,
  builtOn: null,
  ...(replaced.installedSupplier == null ? {} : { supplier: replaced.installedSupplier }),
  from: repair.closedAt,
  to: null,
  source: repair.id,
})

function findRemoved(installed: readonly InstalledPart[], replaced: ReplacedPart, at: string): InstalledPart | null {
  const open = installed.filter(part => part.to === null && part.from <= at && part.component === replaced.component)
  const ranked = open.map(part => ({ part, rank: disagreement(part, replaced) })).filter(({ rank }) => rank < impossible)
  const least = Math.min(...ranked.map(({ rank }) => rank))
  const best = ranked.filter(({ rank }) => rank === least).map(({ part }) => part)
  if (best.length > 0) return onlyKind(best)
  const elsewhere = open.filter(part => part.partNo === replaced.removedPartNo && part.lot !== null && part.lot === replaced.removedLot)
  return elsewhere.length === 1 ? (elsewhere[0] as InstalledPart) : null
}

const impossible = 1_000

/** 0 where all agrees; more the less is known to agree; `impossible` where two known sides differ: identifiers are equal or different. */
function disagreement(part: InstalledPart, replaced: ReplacedPart): number {
  const side = (known: string | null, said: string | null | undefined, weight: number) => {
    if (known === (said ?? null)) return 0
    return known === null || said == null ? weight : impossible
  }
  return side(part.position, replaced.position, 4) + side(part.partNo, replaced.removedPartNo, 2) + side(part.lot, replaced.removedLot, 1)
}

/** The first of several parts that cannot be told apart by lot; null where the record leaves open which of two lots it means. */
function onlyKind(parts: readonly InstalledPart[]): InstalledPart | null {
  const [first, ...others] = parts as [InstalledPart, ...InstalledPart[]]
  return others.every(part => part.partNo === first.partNo && part.lot === first.lot) ? first : null
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const partOrder = (part: InstalledPart): string =>
  [part.from, part.component, part.position, part.partNo, part.lot, part.serial, part.condition, part.builtOn, part.source, part.to, part.supplier]
    .map(side => side ?? '')
    .join('\0')

const byFromThenPart = (a: InstalledPart, b: InstalledPart): number => compare(partOrder(a), partOrder(b))
