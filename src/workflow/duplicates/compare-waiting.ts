import { noPace, type GiveWay } from '../../give-way.ts'
import { candidatesFor, settleCars, settleWithOthers } from './compare-arrived.ts'
import type { DuplicateServices } from './duplicate-services.ts'

/** Feedback in one round: what a crash costs at most. */
const round = 200
/** Reports that candidates are asked for in one statement: some 25 ms each, and a report that arrives meanwhile waits for them. */
const askedTogether = 5

/**
 * Compares all feedback that waits for it: history that was imported, texts that changed, vectors that came later. History is held against the
 * reports of its car and against nearly equal texts; what resembles it is looked for when it is asked about or arrives live. Safe to interrupt, to
 * repeat and to run beside arriving feedback, to which it gives way.
 *
 * @returns how many were compared.
 * @throws FB_GRAPH_UNAVAILABLE; what was settled before stays.
 */
export type CompareWaiting = (options?: { signal?: AbortSignal | undefined; onProgress?: (progress: { done: number; total: number }) => void }) => Promise<{ compared: number }>

export const createCompareWaiting = ({ store, tools, likeness, now, giveWay }: Omit<DuplicateServices, 'texts'> & { giveWay?: GiveWay }): CompareWaiting =>
  async ({ signal, onProgress } = {}) => {
    const total = await store.countWaiting()
    if (total === 0) return { compared: 0 }
    const judges = tools.judgesFor(await likeness())
    const pace = giveWay?.pace(signal) ?? noPace
    let compared = 0
    for (;;) {
      signal?.throwIfAborted()
      const waiting = await store.waiting(round)
      if (waiting.length === 0) return { compared }
      const ids = waiting.map(({ id }) => id)
      const vehicleIds = [...new Set(waiting.flatMap(({ vehicleId }) => vehicleId ?? []))]
      const reports = (await store.reports(ids)).map(tools.read)
      const live = new Set(waiting.filter(({ isLive }) => isLive).map(({ id }) => id))
      const candidates: Awaited<ReturnType<typeof candidatesFor>> = new Map()
      for (let from = 0; from < reports.length; from += askedTogether) {
        await pace()
        const found = await candidatesFor(store, tools, reports.slice(from, from + askedTogether), report => live.has(report.id))
        for (const [id, ofReport] of found) candidates.set(id, ofReport)
      }
      await pace()
      const at = now().toISOString()
      await store.holding({ vehicleIds, feedbackIds: [] }, tx => settleCars(tx, vehicleIds, { judges, tools, at }))
      for (const report of reports) {
        const others = (candidates.get(report.id) ?? []).filter(other => other.vehicleId === null || other.vehicleId !== report.vehicleId)
        if (others.length === 0) continue
        await pace()
        await store.holding({ vehicleIds: [], feedbackIds: [report.id] }, async tx => tx.change(await settleWithOthers(tx, { report, candidates: others, judges, tools, at })))
      }
      await store.holding({ vehicleIds: [], feedbackIds: ids }, tx => tx.settled(ids))
      compared += ids.length
      onProgress?.({ done: compared, total: Math.max(total, compared) })
    }
  }
