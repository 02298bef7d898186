import type { QueuedClause } from '../../graph/ports/unmapped.ts'
import { cosineOf, normalised } from './clause-vectors.ts'
import type { SparseVector } from './clause-vectors.ts'
import { unit } from './clause-meanings.ts'

/** `meaning` is the centre of the clauses that have a vector; null where none has. */
export type ClauseCluster = { clauses: QueuedClause[]; centroid: SparseVector; meaning: Float32Array | null }

/** What a clause is compared by: its words, and its meaning where it was embedded (length one). */
export type ComparedClause = { language: 'en' | 'zh'; words: SparseVector; meaning: Float32Array | undefined }

/** Least similarity to a cluster's centre to belong to it, by words. */
const joinByWords = 0.32
/**
 * The same by meaning, once what texts of a language share is taken out: of seven things told in both languages half of the pairs of one thing lay above
 * .50 within a language and .41 across, 95 % of the pairs of two things below .31 and .22.
 */
const joinByMeaning = 0.36
/** Passes in which clauses may move to a closer cluster; two are enough for most. */
const passes = 3

/** Centres by words are kept by language: half of a mixed cluster's words can never stand in a clause. */
type Words = { sum: Map<number, number>; centroid: SparseVector }
type Growing = { en: Words; zh: Words; sum: Float32Array | null; meaning: Float32Array | null }

const noWords = (): Words => ({ sum: new Map(), centroid: new Map() })
const empty = (): Growing => ({ en: noWords(), zh: noWords(), sum: null, meaning: null })

const addTo = (cluster: Growing, { language, words, meaning }: ComparedClause): void => {
  const own = cluster[language]
  for (const [term, weight] of words) own.sum.set(term, (own.sum.get(term) ?? 0) + weight)
  own.centroid = normalised(own.sum)
  if (!meaning) return
  cluster.sum = cluster.sum ? cluster.sum.map((value, at) => value + meaning[at]!) : meaning.slice()
  cluster.meaning = unit(cluster.sum)
}

/** Of the clauses in all languages. */
const allWords = ({ en, zh }: Growing): SparseVector => {
  const sum = new Map(en.sum)
  for (const [term, weight] of zh.sum) sum.set(term, (sum.get(term) ?? 0) + weight)
  return normalised(sum)
}

export const cosineOfMeanings = (a: Float32Array, b: Float32Array): number => {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!
  return sum
}

/** Clusters by term, so that a clause is held only against those it shares a term with, and, where it was embedded, those that were. */
const createCandidateIndex = () => {
  const byTerm = new Map<number, Set<number>>()
  const withMeaning = new Set<number>()
  return {
    add: (cluster: number, { words, meaning }: ComparedClause): void => {
      for (const term of words.keys()) byTerm.set(term, (byTerm.get(term) ?? new Set()).add(cluster))
      if (meaning) withMeaning.add(cluster)
    },
    near: ({ words, meaning }: ComparedClause): Set<number> => new Set([...[...words.keys()].flatMap(term => [...(byTerm.get(term) ?? [])]), ...(meaning ? withMeaning : [])]),
  }
}

/** 1 is just close enough to belong, by words or by meaning, whichever says so more clearly. */
const closeness = ({ language, words, meaning }: ComparedClause, cluster: Growing): number =>
  Math.max(cosineOf(words, cluster[language].centroid) / joinByWords, meaning && cluster.meaning ? cosineOfMeanings(meaning, cluster.meaning) / joinByMeaning : 0)

const closest = (clause: ComparedClause, clusters: readonly Growing[], candidates: Iterable<number>): { at: number; close: number } => {
  let best = { at: -1, close: 0 }
  for (const at of candidates) {
    const close = closeness(clause, clusters[at]!)
    // Of equals the older cluster, so that the answer does not depend on the order of a set.
    if (close > best.close + 1e-9 || (close > best.close - 1e-9 && at < best.at)) best = { at, close }
  }
  return best
}

/**
 * Groups clauses that say alike by leader clustering in the order of receipt, then lets each move to its closest centre. Deterministic: the same
 * clauses give the same clusters, whatever their order. The first clause of a cluster is its oldest.
 *
 * @param compared what a clause is compared by; one without a term is left out.
 */
export function clusterClauses(clauses: readonly QueuedClause[], compared: (clause: QueuedClause) => ComparedClause): ClauseCluster[] {
  const ordered = clauses.toSorted((a, b) => (a.receivedAt < b.receivedAt ? -1 : a.receivedAt > b.receivedAt ? 1 : a.clauseId < b.clauseId ? -1 : 1))
  const items = ordered.map(compared)
  let placed = items.map(() => -1)
  let clusters: Growing[] = []
  const index = createCandidateIndex()
  for (const [at, item] of items.entries()) {
    if (item.words.size === 0) continue
    const { at: near, close } = closest(item, clusters, index.near(item))
    const home = close >= 1 ? near : clusters.push(empty()) - 1
    addTo(clusters[home]!, item)
    index.add(home, item)
    placed[at] = home
  }
  for (let pass = 1; pass < passes; pass++) {
    const moved = items.map((item, at) => {
      const { at: near, close } = closest(item, clusters, index.near(item))
      return close >= 1 ? near : placed[at]!
    })
    clusters = clusters.map(empty)
    for (const [at, home] of moved.entries()) if (home >= 0) addTo(clusters[home]!, items[at]!)
    placed = moved
  }
  const members = clusters.map((cluster): ClauseCluster => ({ clauses: [], centroid: allWords(cluster), meaning: cluster.meaning }))
  for (const [at, home] of placed.entries()) if (home >= 0) members[home]!.clauses.push(ordered[at]!)
  return members.filter(cluster => cluster.clauses.length > 0)
}
