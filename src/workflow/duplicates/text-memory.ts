import { bandHashesToAsk, bucketOf, bucketSpan, hashesOfBands, type NearText } from '../../domain/near-text.ts'
import { gathered } from '../../gathered.ts'
import type { DuplicateStore } from '../../graph/ports/duplicates.ts'
import { createBandIndex, type BandIndex, type SharedBands } from './band-index.ts'

export type TextMemory = {
  /**
   * Ids of feedback of the weeks around whose words are nearly equal to those of a report, most bands first; the report itself is left out, and all
   * where only other known cars were found for a known car. Holds all that was committed before the call, by whatever process.
   *
   * @throws FB_GRAPH_UNAVAILABLE
   */
  nearlyEqualTo(report: { id: string; vehicleId: string | null; near: NearText; occurredAt: string }, limit: number): Promise<string[]>
}

/** A transaction that stamps a text may end so much later: reading since a moment reads this far behind it. */
const overlapMs = 10_000
/** More news than this, after a long quiet or beside a large import: what is held is dropped and read again as it is asked for. */
const mostNews = 20_000
/** 8 bytes an entry, 32 entries a text: 64 MB. */
const mostEntries = 8_000_000

/**
 * What recent texts are found by, in memory by week: a week is read when it is first asked for, and what was written since is read before each look.
 * The graph stays the truth: an answer is only a list of ids to read.
 */
export const createTextMemory = (store: Pick<DuplicateStore, 'textsOfWeek' | 'textsSince'>, limits: { mostNews?: number; mostEntries?: number } = {}): TextMemory => {
  const { mostNews: newsLimit, mostEntries: entryLimit } = { mostNews, mostEntries, ...limits }
  // A Map iterates in the order of insertion: the first week is the one not asked for longest.
  const weeks = new Map<number, Promise<BandIndex>>()
  let mayBeTooMuch = false
  let held: { known: Map<string, number>; now: number } | null = null

  const news = async (): Promise<void> => {
    if (held === null) {
      held = { known: new Map(), now: (await store.textsSince(Number.MAX_SAFE_INTEGER, [], 1)).now }
      return
    }
    const since = held.now - overlapMs
    for (const [key, changedAt] of held.known) if (changedAt < since) held.known.delete(key)
    const { now, texts } = await store.textsSince(since, [...held.known.keys()], newsLimit)
    held.now = now
    if (texts.length >= newsLimit) weeks.clear()
    for (const { id, hasVehicle, bands, occurredAt, changedAt } of texts) {
      held.known.set(`${id}@${changedAt}`, changedAt)
      const index = await weeks.get(bucketOf(occurredAt))
      index?.add({ id, hasVehicle, hashes: hashesOfBands(bands) })
    }
  }
  // Those who wait for a look under way have the next one: it begins after they came.
  const look = gathered<void, void>({ most: 1_000, answer: async callers => (await news(), callers.map(() => undefined)) })

  const readWeek = async (week: number): Promise<BandIndex> => {
    const { from, to } = bucketSpan(week)
    return createBandIndex((await store.textsOfWeek(from, to)).map(({ id, hasVehicle, bands }) => ({ id, hasVehicle, hashes: hashesOfBands(bands) })))
  }
  const weekOf = (week: number): Promise<BandIndex> => {
    const present = weeks.get(week)
    mayBeTooMuch ||= present === undefined
    const index = present ?? readWeek(week)
    weeks.delete(week)
    weeks.set(week, index)
    // A reading that failed is tried again by the next caller.
    index.catch(() => weeks.get(week) === index && weeks.delete(week))
    return index
  }
  /** The weeks just asked for stay. */
  const forget = async (): Promise<void> => {
    mayBeTooMuch = false
    const sizes = await Promise.all([...weeks].map(async ([week, index]) => ({ week, size: (await index.catch(() => null))?.size ?? 0 })))
    let over = sizes.reduce((sum, { size }) => sum + size, 0) - entryLimit
    for (const { week, size } of sizes.slice(0, -3)) {
      if (over <= 0) return
      weeks.delete(week)
      over -= size
    }
  }

  return {
    async nearlyEqualTo({ id, vehicleId, near, occurredAt }, limit) {
      const asked = bandHashesToAsk(near, occurredAt)
      if (asked.length === 0) return []
      await look()
      const shared = new Map<string, SharedBands>()
      for (const { bucket, hashes } of asked) (await weekOf(bucket)).count(hashes, shared)
      if (mayBeTooMuch) await forget()
      shared.delete(id)
      // Two known cars are two reports, whatever the words. With one of no car between them all count: its words may fit several cars.
      if (vehicleId !== null && [...shared.values()].every(({ hasVehicle }) => hasVehicle)) return []
      return [...shared].sort(([a, ofA], [b, ofB]) => ofB.bands - ofA.bands || (a < b ? -1 : 1)).slice(0, limit).map(([found]) => found)
    },
  }
}
