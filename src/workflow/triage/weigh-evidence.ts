import type { EvidenceStore, ReportEvidence, WrittenCorrection } from '../../graph/ports/evidence.ts'
import type { Vocabulary } from '../../vocabulary/index.ts'
import { correctionsOf } from './stored-corrections.ts'

/** Weighs what came in since the last call. @returns how many cars were looked at and how many reports changed. */
export type WeighEvidence = (options?: { signal?: AbortSignal }) => Promise<{ cars: number; corrected: number }>

const batchSize = 200
/** A transaction writes its time before it commits: what is this old is looked at twice. */
const slackMs = 10_000

const toldOf = ({ id, component, symptom, by, saidId }: Pick<WrittenCorrection, 'id' | 'component' | 'symptom' | 'by' | 'saidId'>): string => JSON.stringify([id, component, symptom, by, saidId])

/** Whether the corrections stored are the ones due: nothing is written where nothing changed. */
function isSettled({ findings }: ReportEvidence, due: readonly WrittenCorrection[]): boolean {
  const saidId = (id: string): string | null => findings.find(({ correctedBy }) => correctedBy === id)?.id ?? null
  const stored = findings.flatMap(({ id, component, symptom, by }) => (by === null || component === null ? [] : [toldOf({ id, component, symptom, by, saidId: saidId(id) })]))
  return stored.toSorted().join() === due.map(toldOf).toSorted().join()
}

/**
 * Sets what fault codes and workshops found beside what owners named, for the cars of which something was written since the last call: what the
 * owner said stays and is marked, so that a repair that is changed or erased takes its correction back. Safe to run twice and beside others.
 *
 * @throws FB_GRAPH_UNAVAILABLE
 */
export function createWeighEvidence({ store, vocabulary, rules }: { store: EvidenceStore; vocabulary: Vocabulary; rules: { repairWithinDays: number } }): WeighEvidence {
  let since = 0
  return async ({ signal } = {}) => {
    const count = { cars: 0, corrected: 0 }
    let started: number | null = null
    const done = new Set<string>()
    for (;;) {
      signal?.throwIfAborted()
      const { vehicleIds: waiting, readAt } = await store.listCarsToWeigh({ since, vocabularyVersion: vocabulary.version, k: batchSize + Math.min(done.size, batchSize) })
      // One that is written while it is weighed waits for the next call.
      const vehicleIds = waiting.filter(vehicleId => !done.has(vehicleId))
      started ??= readAt
      if (vehicleIds.length === 0) break
      const reports = await store.readEvidence(vehicleIds)
      const changed = reports
        .map(report => ({ report, corrections: correctionsOf(vocabulary, report, rules) }))
        .filter(({ report, corrections }) => !isSettled(report, corrections))
      await store.writeCorrections(changed.map(({ report: { feedbackId, contentSha256 }, corrections }) => ({ feedbackId, contentSha256, corrections })))
      await store.markWeighed({ vehicleIds, weighedAt: Math.max(0, readAt - slackMs), vocabularyVersion: vocabulary.version })
      for (const id of vehicleIds) done.add(id)
      count.cars += vehicleIds.length
      count.corrected += changed.length
    }
    since = Math.max(0, started - 2 * slackMs)
    return count
  }
}
