import type { Adjacency } from './adjacency.ts'

/** Where a walk starts, and with what share; shares need not add up to one. */
export type Seed = { node: number; weight: number }

export type WalkOptions = {
  /** Chance that the walk ends at each node it comes to. */
  alpha?: number
  /** A residue below this share of a node's degree is not pushed on. */
  epsilon?: number
  /** Nodes that are not there for this question: neither started from, nor gone through, nor counted in a degree. */
  isHidden?: ((node: number) => boolean) | undefined
}

/** Walks over one graph; the arrays it works with are made once. Not to be entered while it runs. */
export type Walker = {
  /** Share of walks that end at each node, only of those reached; summing to at most one. */
  walk(seeds: readonly Seed[], options?: WalkOptions): Map<number, number>
}

/**
 * Personalised PageRank by forward push: while some residue r[u] ≥ ε·deg(u), p[u] += α·r[u] and each neighbour gets (1−α)·r[u]/deg(u).
 *
 * @see Andersen, Chung & Lang 2006. A node without neighbours keeps its α share; what it could not pass on is lost, as in the original.
 */
export function createWalker({ size, offsets, neighbours }: Adjacency): Walker {
  const residue = new Float64Array(size)
  const settled = new Float64Array(size)
  const degree = new Int32Array(size)
  const isQueued = new Uint8Array(size)
  const isTouched = new Uint8Array(size)

  return {
    walk(seeds, { alpha = 0.5, epsilon = 1e-6, isHidden } = {}) {
      const touched: number[] = []
      const queue: number[] = []
      const visibleDegree = (node: number): number => {
        if (!isHidden) return offsets[node + 1]! - offsets[node]!
        let visible = 0
        for (let at = offsets[node]!; at < offsets[node + 1]!; at++) if (!isHidden(neighbours[at]!)) visible++
        return visible
      }
      const receive = (node: number, share: number): void => {
        if (isTouched[node] === 0) {
          isTouched[node] = 1
          touched.push(node)
          degree[node] = visibleDegree(node)
        }
        residue[node]! += share
        if (isQueued[node] === 0 && residue[node]! >= epsilon * Math.max(1, degree[node]!)) {
          isQueued[node] = 1
          queue.push(node)
        }
      }
      const total = seeds.reduce((sum, { node, weight }) => sum + (isHidden?.(node) ? 0 : weight), 0)
      for (const { node, weight } of seeds) if (weight > 0 && !isHidden?.(node)) receive(node, weight / total)
      for (let next = 0; next < queue.length; next++) {
        const node = queue[next]!
        isQueued[node] = 0
        const left = residue[node]!
        residue[node] = 0
        settled[node]! += alpha * left
        const share = ((1 - alpha) * left) / Math.max(1, degree[node]!)
        for (let at = offsets[node]!; at < offsets[node + 1]!; at++) {
          const neighbour = neighbours[at]!
          if (!isHidden?.(neighbour)) receive(neighbour, share)
        }
      }
      const reached = new Map<number, number>()
      for (const node of touched) {
        if (settled[node]! > 0) reached.set(node, settled[node]!)
        settled[node] = residue[node] = isTouched[node] = isQueued[node] = 0
      }
      return reached
    },
  }
}
