import { nodeId, shortHash } from '../../domain/identifiers.ts'
import { noPace, type Pace } from '../../give-way.ts'
import type { FeedbackToGather, UnmappedStore } from '../../graph/ports/unmapped.ts'
import type { LinkedText, Linker } from '../../vocabulary/index.ts'

/** @param options.pace for a sweep beside other work, which then takes fewer reports at once. */
export type GatherClauses = (options?: { signal?: AbortSignal; pace?: Pace; onProgress?: (progress: { done: number }) => void }) => Promise<{ gathered: number }>

const batchSize = 500
/** Linked without a pause: some 50 ms of the process. */
const smallBatch = 25
/** Of a long clause the beginning is kept: enough to tell what it speaks of. */
const longestClause = 200

/** Clauses worth a term: those that speak of failure, or every one of a text in which no symptom was found. */
const worthATerm = ({ unlinkedClauses, findings }: LinkedText): LinkedText['unlinkedClauses'] =>
  findings.every(({ symptom }) => symptom === null) ? unlinkedClauses : unlinkedClauses.filter(({ hasFaultWords }) => hasFaultWords)

const clausesOf = ({ feedbackId, text }: FeedbackToGather, links: LinkedText) =>
  worthATerm(links).map(({ span: [start, end], components }) => {
    const clause = text.slice(start, end).trim().slice(0, longestClause)
    return { id: nodeId('UnmappedClause', `h:${shortHash(feedbackId, String(start), clause)}`), text: clause, language: links.language, components }
  })

/**
 * Puts into the queue the clauses of feedback that no key fits, and takes out those that a changed vocabulary links. A text that is no quality
 * issue is left out. Safe to run twice.
 */
export const createGatherClauses =
  ({ store, linker, isQualityIssue }: { store: UnmappedStore; linker: Linker; isQualityIssue: (text: string, language: string | null) => boolean }): GatherClauses =>
  async ({ signal, pace, onProgress } = {}) => {
    let gathered = 0
    const done = new Set<string>()
    for (;;) {
      await (pace ?? noPace)()
      signal?.throwIfAborted()
      const waiting = await store.listToGather({ vocabularyVersion: linker.vocabularyVersion, k: pace ? smallBatch : batchSize })
      // One whose text changes with every look would keep the loop going.
      const fresh = waiting.filter(({ feedbackId, textSha256 }) => !done.has(`${feedbackId} ${textSha256}`))
      if (fresh.length === 0) return { gathered }
      await store.replaceClauses(
        fresh.map(({ text, language, ...feedback }) => ({
          ...feedback,
          vocabularyVersion: linker.vocabularyVersion,
          clauses: isQualityIssue(text, language) ? clausesOf({ text, language, ...feedback }, linker.link(text, { language })) : [],
        })),
      )
      for (const { feedbackId, textSha256 } of fresh) done.add(`${feedbackId} ${textSha256}`)
      gathered += fresh.length
      onProgress?.({ done: gathered })
    }
  }
