import type { QueuedClause } from '../../graph/ports/unmapped.ts'
import { cosineOf, normalised } from './clause-vectors.ts'
import type { SparseVector } from './clause-vectors.ts'

export type ClauseCluster = { clauses: QueuedClause[]; centroid: SparseVector }

/** Least similarity to a cluster's centre to belong to it. */
const joinSimilarity = 0.32
/** Passes in which clauses may move to a closer cluster; two are enough for most. */
const passes = 3

type Growing = { sum: Map<number, number>; centroid: SparseVector }

const addTo = (cluster: Growing, vector: SparseVector): void => {
  for (const [term, weight] of vector) cluster.sum.set(term, (cluster.sum.get(term) ?? 0) + weight)
  cluster.centroid = normalised(cluster.sum)
}

/** Clusters by term, so that a clause is held only against those it shares a term with. */
const createTermIndex = () => {
  const byTerm = new Map<number, Set<number>>()
  return {
    add: (cluster: number, vector: SparseVector): void => {
      for (const term of vector.keys()) byTerm.set(term, (byTerm.get(term) ?? new Set()).add(cluster))
    },
    near: (vector: SparseVector): Set<number> => new Set([...vector.keys()].flatMap(term => [...(byTerm.get(term) ?? [])])),
  }
}

const closest = (vector: SparseVector, clusters: readonly Growing[], candidates: Iterable<number>): { at: number; similarity: number } => {
  let best = { at: -1, similarity: 0 }
  for (const at of candidates) {
    const similarity = cosineOf(vector, clusters[at]!.centroid)
    // Of equals the older cluster, so that the answer does not depend on the order of a set.
    if (similarity > best.similarity + 1e-9 || (similarity > best.similarity - 1e-9 && at < best.at)) best = { at, similarity }
  }
  return best
}

/**
 * Groups clauses that say alike by leader clustering in the order of receipt, then lets each move to its closest centre. Deterministic: the same
 * clauses give the same clusters, whatever their order. The first clause of a cluster is its oldest.
 *
 * @param vectorOf vector of length one of a clause's text.
 */
export function clusterClauses(clauses: readonly QueuedClause[], vectorOf: (text: string) => SparseVector): ClauseCluster[] {
  const ordered = clauses.toSorted((a, b) => (a.receivedAt < b.receivedAt ? -1 : a.receivedAt > b.receivedAt ? 1 : a.clauseId < b.clauseId ? -1 : 1))
  const vectors = ordered.map(({ text }) => vectorOf(text))
  let placed = vectors.map(() => -1)
  let clusters: Growing[] = []
  const index = createTermIndex()
  for (const [at, vector] of vectors.entries()) {
    if (vector.size === 0) continue
    const { at: near, similarity } = closest(vector, clusters, index.near(vector))
    const home = similarity >= joinSimilarity ? near : clusters.push({ sum: new Map(), centroid: new Map() }) - 1
    addTo(clusters[home]!, vector)
    index.add(home, vector)
    placed[at] = home
  }
  for (let pass = 1; pass < passes; pass++) {
    const moved = vectors.map((vector, at) => {
      const { at: near, similarity } = closest(vector, clusters, index.near(vector))
      return similarity >= joinSimilarity ? near : placed[at]!
    })
    clusters = clusters.map(() => ({ sum: new Map(), centroid: new Map() }))
    for (const [at, home] of moved.entries()) if (home >= 0) addTo(clusters[home]!, vectors[at]!)
    placed = moved
  }
  const members = clusters.map(({ centroid }): ClauseCluster => ({ clauses: [], centroid }))
  for (const [at, home] of placed.entries()) if (home >= 0) members[home]!.clauses.push(ordered[at]!)
  return members.filter(cluster => cluster.clauses.length > 0)
}
