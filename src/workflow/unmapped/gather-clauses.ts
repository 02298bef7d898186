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
const otherSymptom = 'other-symptom'

/** Whether a text tells of the car: `doubtful` where only its sound says that it does not, as that of what nobody has heard of yet may. */
export type Standing = 'issue' | 'doubtful' | 'other'

/** A finding of "some other symptom", or one less likely than not, is none that a term would spoil. */
const likely = 0.5
/** A text of more clauses than these that merely sound like a symptom is a story: what its clauses sound like tells nothing new. */
const mostSounds = 4

type Unnamed = Pick<LinkedText['unlinkedClauses'][number], 'span' | 'components'>

/** Clauses without a link that are worth a term: those that speak of failure, or every one of a text in which no symptom was found. */
const unlinked = ({ unlinkedClauses, findings }: LinkedText, standing: Standing): Unnamed[] =>
  standing === 'issue' && findings.every(({ symptom }) => symptom === null) ? unlinkedClauses : unlinkedClauses.filter(({ hasFaultWords }) => hasFaultWords)

/** Clauses that merely sound like a symptom, and hardly. */
const hardlyLinked = ({ findings }: LinkedText): Unnamed[] => {
  const sounding = findings.filter(({ method, symptom }) => method !== 'alias' && method !== 'dtc' && symptom !== null)
  if (sounding.length > mostSounds) return []
  return sounding
    .filter(({ symptom, confidence, negated, past, hypothetical }) => (symptom === otherSymptom || confidence < likely) && !negated && !past && !hypothetical)
    .map(({ span, component }) => ({ span, components: component === null ? [] : [component] }))
}

const clausesOf = ({ feedbackId, text }: FeedbackToGather, links: LinkedText, standing: Standing) => {
  const clauses = [...unlinked(links, standing), ...hardlyLinked(links)].map(({ span: [start, end], components }) => {
    const clause = text.slice(start, end).trim().slice(0, longestClause)
    return { id: nodeId('UnmappedClause', `h:${shortHash(feedbackId, String(start), clause)}`), text: clause, language: links.language, components }
  })
  return [...new Map(clauses.map(clause => [clause.id, clause])).values()]
}

/**
 * Puts into the queue the clauses of feedback that no key fits, and takes out those that a changed vocabulary links. A text that is no quality
 * issue is left out. Safe to run twice.
 */
export const createGatherClauses =
  ({ store, linker, standingOf }: { store: UnmappedStore; linker: Linker; standingOf: (text: string, language: string | null) => Standing }): GatherClauses =>
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
        fresh.map(({ text, language, ...feedback }) => {
          const standing = standingOf(text, language)
          const clauses = standing === 'other' ? [] : clausesOf({ text, language, ...feedback }, linker.link(text, { language }), standing)
          return { ...feedback, vocabularyVersion: linker.vocabularyVersion, clauses }
        }),
      )
      for (const { feedbackId, textSha256 } of fresh) done.add(`${feedbackId} ${textSha256}`)
      gathered += fresh.length
      onProgress?.({ done: gathered })
    }
  }
